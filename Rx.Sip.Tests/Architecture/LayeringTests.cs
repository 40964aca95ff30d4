using Xunit;

namespace Rx.Sip.Tests.Architecture;

public class LayeringTests
{
    [Fact]
    public void Every_layer_uses_only_those_the_design_gives_it()
    {
        // Enumerations, exceptions and addresses of the root are words of the front door that every layer may say (decision 0002).
        var files = SourceFile.Of("Rx.Sip").ToList();
        var rootTypes = PublicApi.Library.GetTypes()
            .Where(type => type is { Namespace: "Rx.Sip", IsNested: false, IsEnum: false } && !typeof(Exception).IsAssignableFrom(type)
                && type != typeof(RealTimeAddress))
            .Select(type => type.Name.Split('`')[0])
            .ToHashSet();

        Findings.AreNone(Layers.Violations(files, rootTypes));
    }

    [Fact]
    public void No_global_using_hides_a_dependency() =>
        Assert.DoesNotContain(SourceFile.Of("Rx.Sip"), file => file.Code.Contains("global using", StringComparison.Ordinal));

    [Theory]
    [InlineData("Messages/Via.cs", "using Rx.Sip.Transports;", "Messages must not use Transports")]
    [InlineData("Transports/Flow.cs", "using static Rx.Sip.Transactions.Timers;", "Transports must not use Transactions")]
    [InlineData("Presence/Tuple.cs", "using S = global::Rx.Sip.Sessions.SignalingSession;", "Presence must not use Sessions")]
    [InlineData("Registration/Plan.cs", "var flow = new Transports.Flow();", "Registration must not use Transports")]
    [InlineData("Registration/Deep/Plan.cs", "Rx.Sip.Contacts.Group? group;", "Registration must not use Contacts")]
    [InlineData("Sessions/Offer.cs", "private SipEndpoint _endpoint;", "Sessions must not use SipEndpoint of the root")]
    [InlineData("Helpers/Offer.cs", "", "the folder Helpers is not in the table of layers")]
    public void A_forbidden_use_is_found(string path, string code, string finding) =>
        Assert.EndsWith(finding, Assert.Single(Violations(path, code)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Transports/Flow.cs", "using Rx.Sip.Messages; using System.Net;")]
    [InlineData("Transports/Flow.cs", "namespace Rx.Sip.Transports; var messages = endpoint.Sessions.Count;")]
    [InlineData("Messages/Via.cs", "/// <see cref=\"Rx.Sip.Transports.Flow\"/>\n// Transports.Flow\n/* SipEndpoint */")]
    [InlineData("Messages/Via.cs", "var text = \"Rx.Sip.Transports\" + $\"SipEndpoint {1}\" + @\"Transports.Flow\";")]
    [InlineData("SipEndpoint.cs", "using Rx.Sip.Registration; Transports.Flow flow; SipEndpoint endpoint;")]
    public void A_permitted_use_passes(string path, string code) => Assert.Empty(Violations(path, code));

    [Fact]
    public void Every_layer_of_the_table_rests_on_layers_of_the_table() =>
        Assert.All(Layers.Allowed.Values.SelectMany(allowed => allowed), layer => Assert.Contains(layer, Layers.Allowed.Keys));

    private static IEnumerable<string> Violations(string path, string code) =>
        Layers.Violations([new SourceFile("Rx.Sip", path, code)], ["SipEndpoint"]);
}
