using System.Globalization;
using System.Net;
using System.Text;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Doubles;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

public sealed class AnsweredRequestsTests : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(32);

    private readonly WatchedTime _time = new();
    private readonly Wire _wire = new();
    private readonly Flow _flow;
    private readonly AnsweredRequests _answered;

    public AnsweredRequestsTests()
    {
        _flow = new Host(_wire, Pair.AliceAddress).Manager.FlowTo(Pair.BobTarget(SipTransportType.Udp));
        _answered = new AnsweredRequests(_time, new Mailbox(_ => { }), Lifetime, new OngoingRequests(new SipIdentifiers(1)));
    }

    public void Dispose() => _answered.Dispose();

    [Fact]
    public void An_answer_is_sent_again_as_it_was()
    {
        Add("one", Response(200));
        Add("two", Response(486));

        Assert.True(Repeat("two"));
        Assert.True(Repeat("one"));
        Assert.Equal([Response(486).ToWireString(), Response(200).ToWireString()], _wire.Sent.Select(sent => sent.Message.ToWireString()));
    }

    [Fact]
    public void A_sender_that_was_given_another_port_is_answered_there_and_told_so()
    {
        Add("one", SipResponse.For(Given.Message.WithFirstHeader("Via", "SIP/2.0/UDP bob;rport=20001;received=192.0.2.2;branch=z9hG4bK1"), 200, null, "b1"));
        var moved = new Host(_wire, Pair.AliceAddress).Manager.FlowTo(new SipTarget(SipTransportType.Udp, IPEndPoint.Parse("192.0.2.2:20002"), "192.0.2.2"));
        var again = Given.Message.WithFirstHeader("Via", "SIP/2.0/UDP bob;rport=20002;received=192.0.2.2;branch=z9hG4bK1");

        Assert.True(_answered.TryRepeat("one"u8, moved, again));

        var message = Assert.Single(_wire.Sent).Message;
        Assert.Equal(20002, message.TopVia!.ReceivedPort);
        Assert.Single(message.Vias);
    }

    [Theory]
    [InlineData("")]
    [InlineData("on")]
    [InlineData("onf")]
    [InlineData("one ")]
    public void Another_key_is_another_request(string key)
    {
        Assert.False(Repeat(key));
        Add("one", Response(200));

        Assert.False(Repeat(key));
        Assert.Empty(_wire.Sent);
    }

    [Fact]
    public void Each_is_forgotten_when_its_time_is_over()
    {
        Add("one", Response(200));
        _time.AdvanceTo(TimeSpan.FromSeconds(10));
        Add("two", Response(200));

        _time.AdvanceTo(Lifetime - TimeSpan.FromTicks(1));
        Assert.Equal((true, true, 2), (Repeat("one"), Repeat("two"), _answered.Count));
        _time.AdvanceTo(Lifetime);
        Assert.Equal((false, true, 1), (Repeat("one"), Repeat("two"), _answered.Count));
        _time.AdvanceTo(Lifetime + TimeSpan.FromSeconds(10));
        Assert.Equal((false, false, 0), (Repeat("one"), Repeat("two"), _answered.Count));
        Assert.Equal(0, _time.Pending);
    }

    [Fact]
    public void A_response_of_any_size_is_kept()
    {
        var large = Response(200).WithBody("text/plain", new byte[300_000]);
        Add("one", Response(200));
        Add("large", large);
        Add("two", Response(200));

        Assert.True(Repeat("one") && Repeat("large") && Repeat("two"));
        Assert.Equal(large.Bytes.Length, _wire.Sent[1].Message.Bytes.Length);
    }

    // Among so many some hashes are the same.
    [Fact]
    public void Very_many_are_found_and_forgotten_even_those_whose_hashes_collide()
    {
        const int count = 300_000;
        var keys = Enumerable.Range(0, count).Select(number => number.ToString(CultureInfo.InvariantCulture)).ToList();
        var response = Response(200).Bytes;
        foreach (var key in keys)
            _answered.Add(Encoding.ASCII.GetBytes(key), _flow, response.Span, OngoingRequests.None);
        var comparer = new ServerKeyComparer();
        var colliding = keys.GroupBy(key => comparer.GetHashCode(Encoding.ASCII.GetBytes(key))).Where(group => group.Count() > 1).SelectMany(group => group).ToList();

        Assert.Equal(count, _answered.Count);
        Assert.All(colliding.Concat(keys.Where((_, number) => number % 1000 == 0)), key => Assert.True(Repeat(key)));
        _time.AdvanceTo(Lifetime);
        Assert.Equal(0, _answered.Count);
        Assert.All(colliding, key => Assert.False(Repeat(key)));
    }

    [Fact]
    public void A_steady_stream_of_answers_keeps_the_last_32_seconds_of_them()
    {
        foreach (var number in Enumerable.Range(0, 10_000))
        {
            Add($"{number}", Response(200));
            _time.AdvanceBy(TimeSpan.FromMilliseconds(100));
            if (number % 97 == 0 && number > 400)
                Assert.Equal((false, true, true), (Repeat($"{number - 320}"), Repeat($"{number - 318}"), Repeat($"{number}")));
        }

        Assert.Equal(319, _answered.Count);
    }

    [Theory]
    [InlineData(50, 300)]
    [InlineData(20_000, 300)]
    [InlineData(2_000, 20_000)]
    public void What_is_set_aside_is_about_what_is_kept_and_nothing_when_nothing_is(int count, int size)
    {
        var response = new byte[size];
        foreach (var number in Enumerable.Range(0, count))
            _answered.Add(Encoding.ASCII.GetBytes($"{number:00000}"), _flow, response, OngoingRequests.None);

        Assert.InRange(_answered.Octets, (long)count * size, 2L * count * Math.Max(size, 512) + 256 * 512);
        _time.AdvanceTo(Lifetime);
        Assert.Equal((0, 0L), (_answered.Count, _answered.Octets));
    }

    [Fact]
    public void A_steady_stream_sets_no_more_aside_the_longer_it_goes_on()
    {
        var most = 0L;
        foreach (var number in Enumerable.Range(0, 60_000))
        {
            Add($"{number}", Response(200));
            _time.AdvanceBy(TimeSpan.FromMilliseconds(32));
            most = Math.Max(most, _answered.Octets);
        }

        Assert.Equal(999, _answered.Count);
        Assert.InRange(most, 1, 2 * 1000 * 512 + 2 * 256 * 512);
    }

    [Fact]
    public void Disposing_forgets_everything_for_good()
    {
        Add("one", Response(200));
        _answered.Dispose();
        Add("two", Response(200));

        Assert.Equal((0, 0), (_answered.Count, _time.Pending));
        Assert.False(Repeat("one") || Repeat("two"));
    }

    private static SipResponse Response(int status) => Given.Response(status);

    private void Add(string key, SipResponse response) => _answered.Add(Encoding.ASCII.GetBytes(key), _flow, response.Bytes.Span, OngoingRequests.None);

    private bool Repeat(string key) => _answered.TryRepeat(Encoding.ASCII.GetBytes(key), _flow, Given.Message);
}
