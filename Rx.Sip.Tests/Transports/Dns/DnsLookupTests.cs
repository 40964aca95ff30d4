using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Transports.Dns;
using Xunit;

namespace Rx.Sip.Tests.Transports.Dns;

/// <summary>A question's round through the servers, as a table of what is asked next.</summary>
public class DnsLookupTests
{
    private static readonly DnsEvent TimedOut = new DnsEvent.TimedOut();
    private static readonly DnsEvent Refused = new DnsEvent.Unreachable("connection refused");

    [Fact]
    public void Servers_that_do_not_answer_are_asked_in_turn_with_twice_the_patience_in_each_round() =>
        Assert.Equal(
            ["udp a 1", "udp b 1", "udp a 2", "udp b 2", "udp a 4", "udp b 4", "192.0.2.2:53 does not answer"],
            Run("a b", TimedOut, TimedOut, TimedOut, TimedOut, TimedOut, TimedOut));

    [Fact]
    public void Who_fails_refuses_or_can_not_be_reached_is_not_asked_again() =>
        Assert.Equal(
            ["udp a 1", "udp b 1", "udp c 1", "udp b 2", "192.0.2.2:53 can't be asked: connection refused"],
            Run("a b c", Says(DnsCode.ServerFailure), TimedOut, Says(DnsCode.Refused), Refused));

    [Fact]
    public void What_does_not_fit_into_a_datagram_is_asked_for_over_a_stream() =>
        Assert.Equal(["udp a 1", "tcp a 1", "done NoError"], Run("a", Says(DnsCode.NoError, isTruncated: true), Says(DnsCode.NoError)));

    [Fact]
    public void Where_there_is_no_stream_the_next_server_is_asked_by_datagram() =>
        Assert.Equal(["udp a 1", "tcp a 1", "udp b 1"], Run("a b", Says(DnsCode.NoError, isTruncated: true), Refused));

    [Fact]
    public void Who_does_not_understand_options_is_asked_without() =>
        Assert.Equal(["udp a 1", "udp a 1 plain", "done NameError"], Run("a", Says(DnsCode.FormatError), Says(DnsCode.NameError)));

    [Fact]
    public void Who_does_not_understand_the_plain_query_either_has_failed() =>
        Assert.Equal(["udp a 1", "udp a 1 plain", "192.0.2.1:53 says FormatError"], Run("a", Says(DnsCode.NotImplemented), Says(DnsCode.FormatError)));

    [Fact]
    public void Without_a_server_it_is_over_at_once() => Assert.Equal(["no DNS server is configured"], Run(""));

    [Fact]
    public void No_more_than_three_servers_are_asked() =>
        Assert.Equal(["udp a 1", "udp b 1", "udp c 1", "udp a 2"], Run("a b c d", TimedOut, TimedOut, TimedOut));

    [Fact]
    public void Whatever_happens_it_ends_after_a_bounded_number_of_queries() =>
        Prop.ForAll<byte[]>(choices =>
        {
            DnsEvent[] events = [TimedOut, Refused, Says(DnsCode.ServerFailure), Says(DnsCode.NoError, isTruncated: true), Says(DnsCode.FormatError)];
            var machine = DnsLookup.Of(Servers("a b c"), TimeSpan.FromSeconds(1), 3);
            var step = machine.On(new DnsEvent.Begun());
            var asked = 0;
            for (var i = 0; step.Effects.AsSpan()[0] is DnsEffect.Ask; i++, asked++)
                step = step.Next.On(events[choices is { Length: > 0 } ? choices[i % choices.Length] % events.Length : 0]);
            // Each try of three rounds by three servers at most twice, for the stream, and one more without options.
            return asked <= 2 * 9 + 1;
        }).QuickCheckThrowOnFailure();

    private static DnsEvent.Answered Says(DnsCode code, bool isTruncated = false) =>
        new(new DnsMessage { Id = 1, IsResponse = true, Code = code, IsTruncated = isTruncated });

    private static IEnumerable<IPEndPoint> Servers(string names) =>
        names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => new IPEndPoint(new IPAddress([192, 0, 2, (byte)(name[0] - 'a' + 1)]), 53));

    private static List<string> Run(string servers, params DnsEvent[] events)
    {
        var machine = DnsLookup.Of(Servers(servers), TimeSpan.FromSeconds(1), 3);
        List<string> effects = [];
        foreach (var input in events.Prepend(new DnsEvent.Begun()))
        {
            var step = machine.On(input);
            machine = step.Next;
            effects.AddRange(step.Effects.ToArray().Select(Describe));
        }
        return effects;
    }

    private static string Describe(DnsEffect effect) => effect switch
    {
        DnsEffect.Ask ask => $"{(ask.IsStream ? "tcp" : "udp")} {(char)('a' + ask.Server.Address.GetAddressBytes()[3] - 1)} {ask.Patience.TotalSeconds}{(ask.HasOptions ? "" : " plain")}",
        DnsEffect.Conclude conclude => $"done {conclude.Response.Code}",
        DnsEffect.GiveUp giveUp => giveUp.Problem,
        _ => "?",
    };
}
