using System.Reactive.Concurrency;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

/// <summary>Two layers over a network that loses, doubles, delays and reorders datagrams: the same for every seed.</summary>
public class LossProperties
{
    private const int Requests = 20;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_request_ends_in_one_final_response_and_is_delivered_at_most_once(int seed)
    {
        var (pair, random) = (new Pair(), new Random(seed));
        pair.Wire.Fate = _ => Fate(random, loss: 0.3);
        pair.Bob.User.Answer = transaction => pair.Wire.Time.Schedule(Milliseconds(random, 6000), () => Answer(transaction));

        var outcomes = Enumerable.Range(0, Requests).Select(number => pair.Ask(Request(number))).ToList();
        pair.Wire.RunTo(300);

        Assert.All(outcomes, outcome =>
        {
            Assert.NotNull(outcome.Final);
            Assert.EndsWith(" end", outcome.Log[^1], StringComparison.Ordinal);
        });
        Assert.Equal(pair.Bob.User.Requests.Count, pair.Bob.User.Requests.Select(request => request.Request.CallId).Distinct().Count());
        Assert.Equal(((0, 0), (0, 0)), (pair.Alice.Left, pair.Bob.Left));
        Assert.Empty(pair.Alice.Errors.Concat(pair.Bob.Errors));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Abandoning_and_disposing_at_any_moment_leaves_nothing(int seed)
    {
        var (pair, random) = (new Pair(), new Random(seed));
        pair.Wire.Fate = _ => Fate(random, loss: 0.3);
        pair.Bob.User.Answer = transaction => pair.Wire.Time.Schedule(Milliseconds(random, 6000), () => Answer(transaction));
        var outcomes = Enumerable.Range(0, Requests).Select(number => pair.Ask(Request(number))).ToList();
        foreach (var outcome in outcomes.Take(Requests / 2))
            pair.Wire.Time.Schedule(Milliseconds(random, 20_000), outcome.Dispose);

        pair.Wire.RunTo(random.Next(40));
        pair.Alice.Layer.Dispose();
        pair.Bob.Layer.Dispose();
        Assert.Equal(((0, 0), (0, 0)), (pair.Alice.Left, pair.Bob.Left));
        pair.Wire.RunTo(300);

        Assert.All(outcomes.Skip(Requests / 2), outcome => Assert.NotNull(outcome.Final));
        Assert.All(outcomes.Take(Requests / 2), outcome => Assert.True(outcome.Responses.Count(response => response.IsFinal) <= 1));
        Assert.Equal(((0, 0), (0, 0)), (pair.Alice.Left, pair.Bob.Left));
    }

    [Fact]
    public void The_same_seed_gives_the_same_traffic()
    {
        Assert.Equal(Traffic(7), Traffic(7));
        Assert.NotEqual(Traffic(7), Traffic(8));

        static string Traffic(int seed)
        {
            var (pair, random) = (new Pair(), new Random(seed));
            pair.Wire.Fate = _ => Fate(random, loss: 0.3);
            pair.Bob.User.Answer = Answer;
            for (var number = 0; number < Requests; number++)
                pair.Ask(Request(number));
            pair.Wire.RunTo(100);
            return string.Join('\n', pair.Wire.Sent.Select(sent => $"{sent.At} {sent.Message.ToWireString()}"));
        }
    }

    private static SipRequest Request(int number) =>
        Given.Request(number % 2 == 0 ? SipMethod.Message : SipMethod.Invite, callId: $"call-{number}");

    // An INVITE that is accepted would need its user to repeat the 2xx, so these are refused.
    private static void Answer(ServerTransaction transaction)
    {
        if (transaction.Request.Method == SipMethod.Invite)
            transaction.Respond(180);
        transaction.Respond(transaction.Request.Method == SipMethod.Invite ? 486 : 200);
    }

    private static List<TimeSpan> Fate(Random random, double loss)
    {
        var arrivals = new List<TimeSpan>();
        do
        {
            if (random.NextDouble() >= loss)
                arrivals.Add(Milliseconds(random, 500));
        }
        while (random.NextDouble() < 0.2);
        return arrivals;
    }

    private static TimeSpan Milliseconds(Random random, int limit) => TimeSpan.FromMilliseconds(random.Next(limit));
}
