using System.Diagnostics;
using System.Reactive;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Doubles;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Registration;

/// <summary>A registration goes on for years.</summary>
[Collection(MeasuredAlone.Name)]
public class RegistrationEnduranceTests
{
    private const int Refreshes = 120_000;

    [Fact]
    public void Memory_and_stack_stay_flat_over_more_than_a_hundred_thousand_refreshes()
    {
        var time = new WatchedTime();
        var (sent, answered) = (0, (SipResponse?)null);
        var (early, late) = ((Depth: 0, Bytes: 0L), (Depth: 0, Bytes: 0L));
        var server = new PretendServer((SipRequest request) =>
        {
            sent++;
            if (sent == Refreshes / 10)
                early = Measure();
            else if (sent == Refreshes)
                late = Measure();
            return answered ??= RegistrationRig.Grant(request, TimeSpan.FromHours(1));
        });
        var settings = new RegistrationRig().Settings;
        using var loop = new RegistrationLoop(new Forgetful(server), new Ways(), settings, new SipIdentifiers(1), new AlarmTable(time, new Mailbox(error => throw error)));
        loop.Start(null, Observer.Create<RegistrationState>(static _ => { }));
        while (sent < Refreshes)
            time.AdvanceBy(TimeSpan.FromDays(100));

        // Two frames a refresh would be two hundred thousand; what the compiler inlines meanwhile makes it a few fewer.
        Assert.InRange(late.Depth, 1, early.Depth + 50);
        // A kilobyte a refresh would be a hundred megabytes.
        Assert.InRange(late.Bytes - early.Bytes, long.MinValue, 2_000_000);
        loop.Dispose();
        Assert.Equal(0, time.Pending);

        static (int, long) Measure() => (new StackTrace().FrameCount, GC.GetTotalMemory(forceFullCollection: true));
    }

    private sealed class Ways : IRegistrarAccess
    {
        private static readonly RegistrarFlow Flow = new(NameAddress.Parse("<sip:alice@192.0.2.1:5060>"), null);

        public IObservable<RegistrarFlow?> Connect(SipUri? elsewhere) => Observable.Return<RegistrarFlow?>(Flow);

        public bool Accepts(SipUri elsewhere) => false;

        public bool TryLeave() => false;

        public RegistrationFailure? Admit(SipResponse success) => null;

        public void Settle()
        {
        }
    }

    // The double keeps every request; here that would be what grows.
    private sealed class Forgetful(PretendServer server) : IRequestClient
    {
        public IObservable<SipResponse> Request(SipRequest request)
        {
            server.Requests.Clear();
            return server.Request(request);
        }
    }
}
