using Rx.Sip.Testing;
using Rx.Sip.Transports.Dns;
using Xunit;

namespace Rx.Sip.Tests.Testing;

public class DnsZoneTests
{
    private const string Text = """
        ; a comment, then all types
        Example.TEST.            300 IN NAPTR 50 60 "s" "SIPS+D2T" "" _sips._tcp.example.test. ; and another
        _sips._tcp.example.test  300 SRV 0 1 5061 a.example.test
        a.example.test.           60 A 192.0.2.1
        a.example.test.           60 AAAA 2001:db8::1

        www.example.test          60 CNAME a.example.test
        _sip._udp.example.test    60 SRV 0 0 0 .
        """;

    private readonly DnsZone _zone = DnsZone.Parse(Text);

    [Theory]
    [InlineData("a.example.test", 1, "NoError 1")]
    [InlineData("a.example.test", 28, "NoError 1")]
    [InlineData("a.example.test", 33, "NoError 0 soa")]
    [InlineData("example.test", 35, "NoError 1")]
    [InlineData("test", 1, "NoError 0 soa")]
    [InlineData("other.test", 1, "NameError 0 soa")]
    [InlineData("www.example.test", 1, "NoError 2")]
    [InlineData("www.example.test", 5, "NoError 1")]
    [InlineData("www.example.test", 33, "NoError 1 soa")]
    public void A_question_is_answered_or_denied_from_the_records(string name, int type, string expected)
    {
        var answer = _zone.Answer(new DnsMessage { Id = 1, Question = new DnsQuestion(name, (DnsType)type) });

        Assert.Equal(expected, $"{answer.Code} {answer.Answers.Length}{(answer.Authorities.IsEmpty ? "" : " soa")}");
    }

    [Fact]
    public void Texts_in_quotes_are_one_word_even_when_empty()
    {
        var rule = Assert.IsType<DnsRecord.Rule>(_zone.Answer(new DnsMessage { Id = 1, Question = new DnsQuestion("example.test", DnsType.Naptr) }).Answers.Single());

        Assert.Equal(new DnsRecord.Rule("example.test", TimeSpan.FromSeconds(300), 50, 60, "s", "SIPS+D2T", "", "_sips._tcp.example.test"), rule);
    }

    [Fact]
    public void A_changed_zone_is_another_one()
    {
        var changed = _zone.Without("A.example.test.").With("b.example.test 5 A 192.0.2.2").WithDenial(TimeSpan.FromSeconds(9));

        Assert.Empty(changed.Answer(new DnsMessage { Id = 1, Question = new DnsQuestion("a.example.test", DnsType.A) }).Answers);
        Assert.Single(changed.Answer(new DnsMessage { Id = 1, Question = new DnsQuestion("b.example.test", DnsType.A) }).Answers);
        Assert.Equal((TimeSpan.FromSeconds(9), TimeSpan.FromMinutes(1)), (changed.Denial, _zone.Denial));
        Assert.Single(_zone.Answer(new DnsMessage { Id = 1, Question = new DnsQuestion("a.example.test", DnsType.A) }).Answers);
    }

    [Theory]
    [InlineData("a.test A 192.0.2.1")]
    [InlineData("a.test 60 A nonsense")]
    [InlineData("a.test 60 MX 10 b.test")]
    [InlineData("a.test 60 SRV 0 1 70000 b.test")]
    [InlineData("a..test 60 A 192.0.2.1")]
    [InlineData("a.test 60 NAPTR 1 1 \"s")]
    public void What_is_no_record_is_refused_with_the_line(string line) => Assert.Throws<FormatException>(() => DnsZone.Parse(line));
}
