using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Rx.Sip.InstantMessaging;
using Rx.Sip.Tool.Values;

namespace Rx.Sip.Tool.Endpoints;

/// <summary>An endpoint's stay at its server, told value by value.</summary>
/// <param name="endpoint">The endpoint.</param>
/// <param name="report">Where its streams are told.</param>
/// <param name="listens">Whether messages are taken; else their senders hear that nobody is there.</param>
internal sealed class Stay(SipEndpoint endpoint, ValueReport report, bool listens)
{
    private readonly IObservable<IncomingMessage> _messages = listens ? endpoint.Messages : Observable.Empty<IncomingMessage>();

    /// <summary>Registers, stays, takes leave, and says why. Fails as <see cref="RealTimeEndpoint.Establish"/> does.</summary>
    /// <param name="duration">How long to stay once registered; null for ever.</param>
    /// <param name="count">How many messages to stay for; null for any number.</param>
    /// <param name="cancellation">Ends the stay early.</param>
    public async Task<Ending> RunAsync(TimeSpan? duration, int? count, CancellationToken cancellation)
    {
        var told = Observable
            .Merge(endpoint.State.Select(StateValue.Of), endpoint.Registration.Select(RegistrationValue.Of), _messages.Select(MessageValue.Of))
            .Do(report.Show)
            .LastOrDefaultAsync()
            .ToTask(CancellationToken.None);
        var ended = Observable
            .Merge(Enough(count), Lost(), Interrupted(cancellation))
            .FirstAsync()
            .ToTask(CancellationToken.None);
        try
        {
            await endpoint.EstablishAsync(cancellation);
            return await Observable.Amb(ended.ToObservable(), TimeUp(duration));
        }
        catch (OperationCanceledException)
        {
            return Ending.Interrupted;
        }
        finally
        {
            // All streams end with the endpoint: wait until the last value is told.
            await endpoint.TerminateAsync(CancellationToken.None);
            await told;
        }
    }

    private static IObservable<Ending> TimeUp(TimeSpan? duration) =>
        duration is { } time ? Observable.Timer(time, TaskPoolScheduler.Default).Select(_ => Ending.TimeUp) : Observable.Never<Ending>();

    private static IObservable<Ending> Interrupted(CancellationToken cancellation) =>
        Observable.Create<Ending>(observer => cancellation.Register(() => observer.OnNext(Ending.Interrupted)));

    private IObservable<Ending> Enough(int? count) =>
        count is { } number ? _messages.Skip(number - 1).Select(_ => Ending.Enough) : Observable.Empty<Ending>();

    private IObservable<Ending> Lost() => endpoint.State.OfType<EndpointState.Terminated>().Select(_ => Ending.Lost);
}
