using System.Runtime.CompilerServices;
using Xunit;

namespace Rx.Sip.Tests.Architecture;

public class NamesTests
{
    private static readonly string[] SaysNothing = ["Manager", "Helper", "Helpers", "Util", "Utils", "Handler", "Processor", "Info", "Data", "Impl"];

    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        Findings.AreNone(PublicApi.Assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            .Select(type => type.Name.Split('`')[0])
            .Where(SaysTooLittle));

    [Theory]
    [InlineData("SipManager", true)]
    [InlineData("MessageHandler", true)]
    [InlineData("Data", true)]
    [InlineData("RealTimeServerTcpConnectionManager", false)]
    [InlineData("SipEndpoint", false)]
    public void The_rule_knows_the_word_and_its_exception(string name, bool isRefused) => Assert.Equal(isRefused, SaysTooLittle(name));

    // UCMA's connection managers keep their name.
    private static bool SaysTooLittle(string name) =>
        SaysNothing.Any(word => name.EndsWith(word, StringComparison.Ordinal)) && !name.EndsWith("ConnectionManager", StringComparison.Ordinal);
}
