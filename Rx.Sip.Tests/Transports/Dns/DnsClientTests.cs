using System.Net;
using System.Reactive.Linq;
using Rx.Sip.Testing;
using Rx.Sip.Transports.Dns;
using Xunit;

namespace Rx.Sip.Tests.Transports.Dns;

/// <summary>Questions over a network that loses, lies and dies, with every answer at its instant.</summary>
public class DnsClientTests
{
    private const string Zone = "a.test 60 A 192.0.2.1\nb.test 30 CNAME c.test\nc.test 60 A 192.0.2.3\nbig.test 60 A 192.0.2.9";

    private readonly DnsWorld _dns = new(Zone);

    [Fact]
    public void An_answer_comes_after_one_round_trip_and_the_next_at_once()
    {
        Assert.Equal("20 ms: 192.0.2.1 for 60 s", _dns.Ask(DnsWorld.A("a.test")));
        Assert.Equal("0 ms: 192.0.2.1 for 60 s", _dns.Ask(DnsWorld.A("a.test")));
        Assert.Single(_dns.Server.Questions);
        _dns.AssertNothingLeft();
    }

    [Fact]
    public void What_is_kept_is_served_to_the_last_tick_of_its_time_and_not_at_its_end()
    {
        _dns.Ask(DnsWorld.A("a.test"));
        _dns.Server.Zone = DnsZone.Parse("a.test 60 A 192.0.2.2");

        _dns.World.RunFor(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        Assert.StartsWith("0 ms: 192.0.2.1 for", _dns.Ask(DnsWorld.A("a.test")), StringComparison.Ordinal);

        _dns.World.RunFor(TimeSpan.FromTicks(1));
        Assert.Equal("20 ms: 192.0.2.2 for 60 s", _dns.Ask(DnsWorld.A("a.test")));
    }

    [Fact]
    public void A_denial_is_kept_as_long_as_the_zone_says()
    {
        Assert.Equal("20 ms: there is no nobody.test for 60 s", _dns.Ask(DnsWorld.A("nobody.test")));
        Assert.Equal("20 ms: there is no AAAA of a.test for 60 s", _dns.Ask(new DnsQuestion("a.test", DnsType.Aaaa)));
        _dns.Server.Zone = _dns.Server.Zone.With("nobody.test 60 A 192.0.2.5");

        _dns.World.RunFor(TimeSpan.FromSeconds(59.97));
        Assert.StartsWith("0 ms: there is no nobody.test", _dns.Ask(DnsWorld.A("nobody.test")), StringComparison.Ordinal);
        _dns.World.RunFor(TimeSpan.FromSeconds(0.03));
        Assert.Equal("20 ms: 192.0.2.5 for 60 s", _dns.Ask(DnsWorld.A("nobody.test")));
    }

    [Fact]
    public void A_time_of_zero_is_used_once_and_not_kept()
    {
        _dns.Server.Zone = DnsZone.Parse("a.test 0 A 192.0.2.1");

        Assert.Equal("20 ms: 192.0.2.1 for 0 s", _dns.Ask(DnsWorld.A("a.test")));
        Assert.Equal("20 ms: 192.0.2.1 for 0 s", _dns.Ask(DnsWorld.A("a.test")));
    }

    [Fact]
    public void Who_asks_what_is_being_asked_waits_for_the_same_answer()
    {
        using var first = _dns.Client.Ask(DnsWorld.A("a.test")).Record(_dns.World.Scheduler);
        using var second = _dns.Client.Ask(DnsWorld.A("a.test")).Record(_dns.World.Scheduler);
        _dns.World.RunFor(TimeSpan.FromSeconds(1));

        Assert.Single(_dns.Server.Questions);
        Assert.Same(first.Values.Single(), second.Values.Single());
    }

    [Fact]
    public void One_observer_that_throws_or_leaves_takes_nothing_from_the_others()
    {
        var leaving = _dns.Client.Ask(DnsWorld.A("a.test")).Subscribe();
        _dns.Client.Ask(DnsWorld.A("a.test")).Subscribe(_ => throw new InvalidOperationException("an observer's own affair"));
        using var staying = _dns.Client.Ask(DnsWorld.A("a.test")).Record(_dns.World.Scheduler);
        leaving.Dispose();
        _dns.World.RunFor(TimeSpan.FromSeconds(1));

        Assert.True(staying.IsCompleted);
        _dns.AssertNothingLeft();
    }

    [Fact]
    public void When_all_have_left_the_socket_is_closed_and_nothing_is_waited_for()
    {
        _dns.Server.Faults.IsSilent = true;
        var one = _dns.Client.Ask(DnsWorld.A("a.test")).Subscribe();
        var other = _dns.Client.Ask(DnsWorld.A("a.test")).Subscribe();
        _dns.World.RunFor(TimeSpan.FromMilliseconds(500));
        Assert.Single(_dns.World.Host("alice").OpenPorts);

        one.Dispose();
        Assert.Single(_dns.World.Host("alice").OpenPorts);
        other.Dispose();
        Assert.Empty(_dns.World.Host("alice").OpenPorts);
        _dns.AssertNothingLeft();
    }

    [Fact]
    public void A_query_that_is_lost_is_sent_again_after_one_two_and_four_seconds_each_from_another_port_with_another_id()
    {
        _dns.Server.Faults.IsSilent = true;

        Assert.Equal("7000 ms: A of a.test could not be looked up: 10.0.0.1:53 does not answer for 1 s", _dns.Ask(DnsWorld.A("a.test")));
        var sent = _dns.World.Traffic.Entries.Where(entry => entry.From == "alice").ToList();
        Assert.Equal([0, 1, 3], sent.Select(entry => (entry.SentAt - VirtualTime.Beginning).TotalSeconds));
        Assert.Equal(3, sent.Select(entry => entry.Source!.Port).Distinct().Count());
        Assert.Equal(3, sent.Select(entry => Convert.ToHexString(entry.Octets.Span[..2])).Distinct().Count());
        _dns.AssertNothingLeft();
    }

    [Fact]
    public void A_second_server_stands_in_for_one_that_is_silent_and_is_asked_first_from_then_on()
    {
        var second = _dns.World.StartDnsServer("dns2", _dns.Server.Zone);
        _dns.Server.Faults.IsSilent = true;

        Assert.Equal("1020 ms: 192.0.2.1 for 60 s", _dns.Ask(DnsWorld.A("a.test")));
        Assert.Equal("20 ms: 192.0.2.3 for 60 s", _dns.Ask(DnsWorld.A("c.test")));
        second.Faults.Fails = true;
        _dns.Server.Faults.IsSilent = false;
        Assert.Equal("40 ms: 192.0.2.9 for 60 s", _dns.Ask(DnsWorld.A("big.test")));
    }

    [Fact]
    public void What_does_not_fit_comes_over_TCP()
    {
        _dns.Server.Faults.Truncates = true;

        // A datagram and back, a connection, a query over it and back.
        Assert.Equal("60 ms: 192.0.2.1 for 60 s", _dns.Ask(DnsWorld.A("a.test")));
        _dns.AssertNothingLeft();
    }

    [Fact]
    public void An_answer_of_hundreds_of_records_comes_over_TCP_by_itself()
    {
        _dns.Server.Zone = DnsZone.Parse(string.Join('\n', Enumerable.Range(0, 250).Select(i => $"many.test 60 A 192.0.2.{i}")));

        Assert.StartsWith("60 ms: 192.0.2.0 192.0.2.1 ", _dns.Ask(DnsWorld.A("many.test")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_older_than_RFC_6891_is_asked_in_its_own_way()
    {
        _dns.Server.Faults.IsOld = true;

        Assert.Equal("40 ms: 192.0.2.1 for 60 s", _dns.Ask(DnsWorld.A("a.test")));
    }

    [Fact]
    public void An_alias_is_followed_and_known_no_longer_than_its_shortest_part()
    {
        Assert.Equal("20 ms: 192.0.2.3 for 30 s", _dns.Ask(DnsWorld.A("b.test")));
    }

    [Fact]
    public void Where_a_server_does_not_follow_an_alias_its_target_is_asked_for()
    {
        _dns.Server.Faults.Mangle = response => [WithAnswers(response, answers => answers.Take(1))];
        _dns.Server.Zone = DnsZone.Parse("a.test 40 CNAME b.test\nb.test 30 CNAME c.test\nc.test 60 A 192.0.2.3");

        Assert.Equal("60 ms: 192.0.2.3 for 29.98 s", _dns.Ask(DnsWorld.A("a.test")));
        Assert.Equal(["A of a.test", "A of b.test", "A of c.test"], _dns.Server.Questions);
    }

    [Theory]
    [InlineData("a.test 60 CNAME b.test\nb.test 60 CNAME a.test", 1)]
    [InlineData("a.test 60 CNAME a.test", 9)]
    public void Aliases_in_a_circle_come_to_an_end(string zone, int atLeast)
    {
        _dns.Server.Zone = DnsZone.Parse(zone);
        if (atLeast > 1)
            _dns.Server.Faults.Mangle = response => [WithAnswers(response, _ => [new DnsRecord.Alias(Name(response), TimeSpan.FromSeconds(60), $"x{Name(response)}")])];

        Assert.Contains("a.test has too many aliases", _dns.Ask(DnsWorld.A("a.test")), StringComparison.Ordinal);
        Assert.InRange(_dns.Server.Questions.Count, atLeast, 10);
        _dns.AssertNothingLeft();
    }

    [Fact]
    public void What_comes_from_elsewhere_or_with_another_id_or_question_is_not_the_answer()
    {
        var liar = _dns.World.StartDnsServer("liar", DnsZone.Parse("a.test 60 A 203.0.113.66"));
        _dns.World.Link("alice", "dns").Conditions.Latency = TimeSpan.FromMilliseconds(50);
        using var recording = _dns.Client.Ask(DnsWorld.A("a.test")).Record(_dns.World.Scheduler);
        _dns.World.RunFor(TimeSpan.FromMilliseconds(1));
        // Somebody on the way has seen the query, and answers first from his own address.
        var query = _dns.World.Traffic.Entries[^1];
        Assert.True(DnsMessage.TryRead(query.Octets.Span, out var seen));
        Send(liar, query.Source!, liar.Zone.Answer(seen).ToOctets());
        _dns.World.RunUntil(() => recording.IsCompleted, TimeSpan.FromSeconds(1));

        Assert.Equal("192.0.2.1", Assert.IsType<DnsRecord.Address>(recording.Values.Single().Records.Single()).Value.ToString());
        Assert.Equal(TimeSpan.FromMilliseconds(100), recording.EndedAfter);
    }

    [Fact]
    public void Wrong_ids_wrong_questions_queries_and_rubbish_are_not_the_answer_either()
    {
        _dns.Server.Faults.Mangle = response =>
        [
            With(response, 1, (byte)(response[1] + 1)), With(response, 13, (byte)'z'), With(response, 2, 0x01), [], [1, 2, 3], new byte[5000], response,
        ];

        Assert.Equal("20 ms: 192.0.2.1 for 60 s", _dns.Ask(DnsWorld.A("a.test")));
    }

    [Fact]
    public void A_flood_of_guesses_ends_the_query_before_one_of_them_is_likely_to_be_right()
    {
        _dns.Server.Faults.Mangle = response => Enumerable.Range(1, 1000).Select(offset => With(response, 1, (byte)(response[1] + offset)));
        var second = _dns.World.StartDnsServer("dns2", _dns.Server.Zone);

        Assert.Equal("40 ms: 192.0.2.1 for 60 s", _dns.Ask(DnsWorld.A("a.test")));
        Assert.Single(second.Questions);
        _dns.AssertNothingLeft();
    }

    [Fact]
    public void The_cache_stays_within_its_bounds_whatever_is_asked()
    {
        _dns.Server.Zone = DnsZone.Parse("test 60 A 192.0.2.1");
        for (var i = 0; i < 3000; i++)
            _dns.Ask(DnsWorld.A($"n{i}.test"));

        Assert.InRange(_dns.Client.Kept, 1, 1000);
    }

    [Fact]
    public void Through_loss_duplication_and_reordering_every_question_gets_its_own_answer() => SimulatedNetwork.CheckSeeds(20, world =>
    {
        (world.Conditions.Loss, world.Conditions.Duplication, world.Conditions.Reordering) = (0.2, 0.2, 0.3);
        world.Conditions.Latency = TimeSpan.FromMilliseconds(20);
        world.StartDnsServer("dns", DnsZone.Parse(string.Join('\n', Enumerable.Range(1, 50).Select(i => $"n{i}.test 60 A 192.0.2.{i}"))));
        world.StartDnsServer("dns2", DnsZone.Parse(string.Join('\n', Enumerable.Range(1, 50).Select(i => $"n{i}.test 60 A 192.0.2.{i}"))));
        var client = world.DnsResolver("alice").Client;
        var recordings = Enumerable.Range(1, 50).Select(i => client.Ask(DnsWorld.A($"n{i}.test")).Record(world.Scheduler)).ToList();
        world.RunFor(TimeSpan.FromMinutes(1));

        var answered = recordings.Select((recording, i) => (Number: i + 1, Answer: recording.Values.Single())).Where(one => one.Answer.Verdict == DnsVerdict.Found).ToList();
        Assert.All(answered, one => Assert.Equal($"192.0.2.{one.Number}", ((DnsRecord.Address)one.Answer.Records.Single()).Value.ToString()));
        Assert.InRange(answered.Count, 48, 50);
        Assert.Equal(0, client.Pending);
        world.AssertNothingLeft();
    });

    private void Send(DnsServer from, IPEndPoint to, byte[] octets)
    {
        var host = _dns.World.Hosts.Single(one => one.Address.Equals(from.EndPoint.Address));
        _dns.World.Own(host.Transport(SipTransportType.Udp)).Connect(to, new SinkRecorder()).Send(octets);
    }

    private static byte[] With(byte[] octets, int index, byte value)
    {
        byte[] changed = [.. octets];
        changed[index] = value;
        return changed;
    }

    private static string Name(byte[] response) => DnsMessage.TryRead(response, out var message) ? message.Question!.Value.Name : "";

    private static byte[] WithAnswers(byte[] response, Func<IEnumerable<DnsRecord>, IEnumerable<DnsRecord>> change)
    {
        Assert.True(DnsMessage.TryRead(response, out var message));
        return new DnsMessage { Id = message.Id, IsResponse = true, Question = message.Question, Answers = [.. change(message.Answers)] }.ToOctets();
    }
}
