using System.Reactive.Subjects;
using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;
using Rx.Sip.Testing;
using Rx.Sip.Tests.Doubles;
using Rx.Sip.Transactions;

namespace Rx.Sip.Tests.Transactions;

/// <summary>A throttle before a server that answers when the test says.</summary>
public abstract class ThrottleRig : IDisposable
{
    private protected TrafficMeter Meter { get; } = new();

    private protected VirtualTime Time { get; } = new();

    private protected Mailbox Mailbox { get; } = new(error => throw error);

    private protected List<ThrottleState> States { get; } = [];

    private protected List<(uint Number, TimeSpan At)> Begun { get; } = [];

    private protected Dictionary<uint, Subject<SipResponse>> Open { get; } = [];

    public void Dispose()
    {
        Meter.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static ThrottleLimit Limit(int? most) => new() { IsOn = most is not null, Most = most ?? 1 };

    private protected static SipRequest Numbered(int number) => Say.Request(SipMethod.Message, sequence: (uint)number);

    private protected ThrottledClient Client(int? limit, int maxQueued = 1000) =>
        new(new PretendServer(Begin), Mailbox, Limit(limit), maxQueued, Meter) { Changed = States.Add };

    private protected ThrottledClient Client(ThrottleLimit limit)
    {
        var client = new ThrottledClient(new PretendServer(Begin), Mailbox, limit, 1000, Meter) { Changed = States.Add };
        limit.Client = client;
        return client;
    }

    private IObservable<SipResponse> Begin(SipRequest request)
    {
        var number = request.CSeq!.Value.Number;
        Begun.Add((number, Time.Elapsed));
        return Open[number] = new Subject<SipResponse>();
    }

    private protected Recording<SipResponse> Ask(ThrottledClient client, int number) => client.Request(Numbered(number)).Record(Time);

    private protected void Answer(uint number)
    {
        Open[number].OnNext(Numbered((int)number).Answer(200));
        Open[number].OnCompleted();
    }
}
