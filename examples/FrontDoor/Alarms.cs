using System.Net;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Rx.Sip;

namespace FrontDoor;

/// <summary>A pipeline that would be a page of callbacks elsewhere: bursts of alarms become one message each.</summary>
internal static class Alarms
{
    /// <summary>Sums up the alarms that arrive at the endpoint, on any clock.</summary>
    public static IDisposable SumUp(RealTimeEndpoint endpoint, string team, IScheduler scheduler) =>
        endpoint.Messages
            .Where(message => message.Text.StartsWith("alarm:", StringComparison.Ordinal))
            .GroupByUntil(message => message.From.Uri, alarms => alarms.Throttle(TimeSpan.FromSeconds(5), scheduler))
            .SelectMany(alarms => alarms.ToList())
            .Select(burst => endpoint.SendMessage(team, $"{burst.Count} alarms from {burst[0].From}"))
            .Merge(maxConcurrent: 4)
            .Where(response => response.IsFinal)
            .Subscribe(response => Console.WriteLine(response));

    public static async Task<int> RunAsync()
    {
        await using var platform = new CollaborationPlatform(new ClientPlatformSettings("Alarms/1.0", SipTransportType.Tcp));
        await using var alice = new UserEndpoint(platform, new UserEndpointSettings("sip:alice@example.test", "127.0.0.1", 5060)
        {
            Credential = new NetworkCredential("alice", "secret"),
        });
        using var alarms = SumUp(alice, "sip:team@example.test", TaskPoolScheduler.Default);

        var online = alice.State.Select(state => state is EndpointState.Established).DistinctUntilChanged();
        using var lamp = online.Subscribe(isOn => Console.WriteLine(isOn ? "the lamp is on" : "the lamp is off"));

        await alice.EstablishAsync();
        Console.ReadLine();
        return 0;
    }
}
