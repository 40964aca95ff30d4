using Xunit;

namespace Rx.Sip.Tests.Architecture;

public class ProjectTests
{
    [Fact]
    public void The_test_project_is_discovered() =>
        Assert.Equal("Rx.Sip.Tests", typeof(ProjectTests).Assembly.GetName().Name);
}
