using Xunit;

namespace Rx.Sip.Tests.Architecture;

public class PublicSurfaceTests
{
    private const string Accept = "RXSIP_ACCEPT";

    private static readonly string Golden = Repository.Path("Rx.Sip.Tests", "Architecture", "PublicSurface.txt");

    [Fact]
    public void The_public_surface_is_the_one_agreed_on()
    {
        var actual = PublicSurface.Lines.ToList();
        if (Environment.GetEnvironmentVariable(Accept) == "1")
            File.WriteAllLines(Golden, actual);

        var agreed = File.ReadAllLines(Golden);
        if (agreed.SequenceEqual(actual))
            return;
        var changes = agreed.Except(actual).Select(line => $"- {line}").Concat(actual.Except(agreed).Select(line => $"+ {line}")).ToList();
        Assert.Fail($"""
            The public surface changed{(changes.Count == 0 ? " in order only (a merge?)" : "")}:
            {string.Join("\n", changes.Take(60))}{(changes.Count > 60 ? $"\n… {changes.Count - 60} more" : "")}

            If that is meant, accept it from the folder of Rx.Sip.sln and commit Rx.Sip.Tests/Architecture/PublicSurface.txt:

                {Accept}=1 Rx.Sip.Tests/bin/Debug/net10.0/Rx.Sip.Tests -class '*PublicSurfaceTests'
            """);
    }

    [Fact]
    public void No_line_of_the_public_surface_is_written_twice() =>
        Assert.Empty(PublicSurface.Lines.GroupBy(line => line).Where(same => same.Count() > 1).Select(same => same.Key));
}
