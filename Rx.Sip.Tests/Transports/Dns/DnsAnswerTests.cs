using System.Net;
using Rx.Sip.Transports.Dns;
using Xunit;

namespace Rx.Sip.Tests.Transports.Dns;

/// <summary>What a response says about a question, and for how long (RFC 1034 §3.6.2, RFC 2308).</summary>
public class DnsAnswerTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly DnsQuestion Question = new("a.test", DnsType.A);
    private static readonly DnsRecord.Authority Soa = new("test", TimeSpan.FromSeconds(900), TimeSpan.FromSeconds(60));

    [Fact]
    public void Records_hold_as_long_as_the_shortest_of_them()
    {
        var answer = Read(DnsCode.NoError, Address("a.test", 30), Address("a.test", 20), Address("b.test", 10));

        Assert.Equal((DnsVerdict.Found, 2, 20.0, null), (answer.Verdict, answer.Records.Length, Seconds(answer), answer.Alias));
    }

    [Fact]
    public void Aliases_are_followed_in_whatever_order_they_come_and_what_lies_elsewhere_is_not_looked_at()
    {
        var answer = Read(DnsCode.NoError, Address("c.test", 30), Alias("b.test", 10, "c.test"), Address("evil.test", 5), Alias("a.test", 20, "b.test"));

        Assert.Equal((DnsVerdict.Found, 10.0), (answer.Verdict, Seconds(answer)));
        Assert.Equal("c.test", Assert.Single(answer.Records).Name);
    }

    [Fact]
    public void Where_an_alias_leads_out_of_the_response_there_is_more_to_ask()
    {
        var answer = Read(DnsCode.NoError, Alias("a.test", 20, "b.test"));

        Assert.Equal("b.test", answer.Alias);
        Assert.Equal(20.0, Seconds(answer));
    }

    [Fact]
    public void A_circle_of_aliases_is_a_failure_that_is_not_kept()
    {
        var answer = Read(DnsCode.NoError, Alias("a.test", 20, "b.test"), Alias("b.test", 20, "a.test"));

        Assert.Equal((DnsVerdict.Failed, 0.0), (answer.Verdict, Seconds(answer)));
        Assert.Equal("a.test has too many aliases", answer.Problem);
    }

    [Theory]
    [InlineData(0, "there is no A of a.test")]
    [InlineData(3, "there is no a.test")]
    public void A_denial_holds_as_long_as_the_zone_says(int code, string problem)
    {
        var answer = DnsAnswer.Read(Question, Response((DnsCode)code), Now);

        Assert.Equal((DnsVerdict.Denied, 0.0, problem), (answer.Verdict, Seconds(answer), answer.Problem));
        answer = DnsAnswer.Read(Question, Response((DnsCode)code, Soa), Now);
        Assert.Equal((DnsVerdict.Denied, 60.0, problem), (answer.Verdict, Seconds(answer), answer.Problem));
    }

    [Fact]
    public void No_denial_holds_for_more_than_an_hour_and_no_answer_for_more_than_a_day()
    {
        var forEver = Soa with { TimeToLive = TimeSpan.FromDays(300), Minimum = TimeSpan.FromDays(300) };

        Assert.Equal(3600.0, Seconds(DnsAnswer.Read(Question, Response(DnsCode.NameError, forEver), Now)));
        Assert.Equal(86400.0, Seconds(Read(DnsCode.NoError, Address("a.test", int.MaxValue))));
    }

    private static double Seconds(DnsAnswer answer) => (answer.Expires - Now).TotalSeconds;

    private static DnsAnswer Read(DnsCode code, params DnsRecord[] answers) =>
        DnsAnswer.Read(Question, new DnsMessage { Id = 1, IsResponse = true, Code = code, Answers = [.. answers] }, Now);

    private static DnsMessage Response(DnsCode code, params DnsRecord[] authorities) => new() { Id = 1, IsResponse = true, Code = code, Authorities = [.. authorities] };

    private static DnsRecord.Address Address(string name, int seconds) => new(name, TimeSpan.FromSeconds(seconds), IPAddress.Parse("192.0.2.1"));

    private static DnsRecord.Alias Alias(string name, int seconds, string target) => new(name, TimeSpan.FromSeconds(seconds), target);
}
