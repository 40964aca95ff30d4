using System.Text.Json;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

public class UriEqualityTests
{
    public static TheoryData<string, string, bool?> KnownAnswers
    {
        get
        {
            using var answers = JsonDocument.Parse(File.ReadAllText(Repository.Path("Rx.Sip.Tests", "Messages", "KnownAnswers", "uri-equality.json")));
            var rows = new TheoryData<string, string, bool?>();
            foreach (var vector in answers.RootElement.GetProperty("vectors").EnumerateArray())
            {
                var equal = vector.GetProperty("equal");
                rows.Add(vector.GetProperty("a").GetString()!, vector.GetProperty("b").GetString()!, equal.ValueKind is JsonValueKind.Null ? null : equal.GetBoolean());
            }
            return rows;
        }
    }

    /// <summary>Null: one of the two is no URI.</summary>
    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void Uris_compare_as_rfc_3261_says(string left, string right, bool? equal)
    {
        var areUris = SipUri.TryParse(left, out var one) & SipUri.TryParse(right, out var other);

        Assert.Equal(equal is not null, areUris);
        Assert.Equal(equal is true, areUris && one!.Equals(other));
        Assert.Equal(equal is true, areUris && other!.Equals(one));
        if (equal is true)
            Assert.Equal(one!.GetHashCode(), other!.GetHashCode());
    }

    [Theory]
    [InlineData("sip:bob@[::ffff:192.0.2.128]", "sip:bob@[::ffff:c000:280]", true)]
    [InlineData("sip:bob@[2001:db8::9:1]", "sip:bob@[2001:db8::9:01]", true)]
    [InlineData("sip:bob@[0:0:0:0:0:FFFF:129.144.52.38]", "sip:bob@[::FFFF:129.144.52.38]", true)]
    [InlineData("sip:bob@[2001:db8:::192.0.2.1]", "sip:bob@[2001:db8::192.0.2.1]", true)]
    [InlineData("sip:bob@[2001:db8::1]", "sip:bob@[2001:db8::2]", false)]
    [InlineData("sip:a%253Bb@h", "sip:a%3Bb@h", false)]
    [InlineData("sip:a%3bb@h", "sip:a%3Bb@h", true)]
    [InlineData("sip:%00@h", "sip:%00%00@h", false)]
    [InlineData("sip:alice:p%61ss@h", "sip:alice:pass@h", true)]
    [InlineData("sip:Alice@h", "sip:alice@h", false)]
    [InlineData("sip:h;lr", "sip:h;lr=on", false)]
    [InlineData("sip:h?a=1&b=2", "sip:h?b=2", false)]
    [InlineData("sip:h", "sip:h?", false)]
    [InlineData("tel:+1-201-555-0123", "tel:+12015550123", true)]
    [InlineData("tel:5550123;phone-context=a.test;x=1", "tel:555-0123;x=1;phone-context=A.TEST", true)]
    [InlineData("tel:5550123;phone-context=a.test", "tel:5550123;phone-context=b.test", false)]
    [InlineData("urn:service:sos", "URN:service:sos", true)]
    [InlineData("urn:service:sos", "urn:service:SOS", false)]
    [InlineData("sip:12015550123@h", "tel:12015550123", false)]
    public void Uris_compare_also_by_what_amends_it(string left, string right, bool equal)
    {
        var (one, other) = (SipUri.Parse(left), SipUri.Parse(right));

        Assert.Equal(equal, one.Equals(other));
        Assert.Equal(equal, other.Equals(one));
        Assert.True(!equal || one.GetHashCode() == other.GetHashCode());
    }

    [Fact]
    public void Thousands_of_parameters_compare_in_time()
    {
        var names = Enumerable.Range(0, 15_000).Select(i => $";p{i}=x").ToList();
        var (one, other) = (SipUri.Parse("sip:h" + string.Concat(names)), SipUri.Parse("sip:h" + string.Concat(names.AsEnumerable().Reverse())));

        Assert.Equal(one, other);
        Assert.Equal(one.Parameters, other.Parameters);
        Assert.NotEqual(one, SipUri.Parse("sip:h" + string.Concat(names).Replace("p1=x", "p1=y", StringComparison.Ordinal)));
    }
}
