using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Registration;

namespace Rx.Sip.Tests.Doubles;

/// <summary>Ways to a registrar that stand, fail and have alternatives as the test says.</summary>
internal sealed class PretendAccess : IRegistrarAccess
{
    /// <summary>Our contact on the way that is asked for; null when there is none.</summary>
    public Func<SipUri?, IObservable<NameAddress?>> Contact { get; set; } = _ => Observable.Return<NameAddress?>(NameAddress.Parse("<sip:alice@192.0.2.1:5060>"));

    /// <summary>Servers left to be tried besides the current one.</summary>
    public int Alternatives { get; set; }

    public Func<SipUri, bool> IsAccepted { get; set; } = _ => true;

    /// <summary>Where each way was asked to; null for the registrar itself.</summary>
    public List<SipUri?> Hops { get; } = [];

    public int Settled { get; private set; }

    public IObservable<RegistrarFlow?> Connect(SipUri? elsewhere) => Observable.Defer(() =>
    {
        Hops.Add(elsewhere);
        return Contact(elsewhere).Select(contact => contact is null ? null : new RegistrarFlow(contact, SipUri.Parse("sip:192.0.2.254")));
    });

    /// <summary>Why a success is not wanted; null when it is.</summary>
    public Func<SipResponse, RegistrationFailure?> Refusal { get; set; } = _ => null;

    public RegistrationFailure? Admit(SipResponse success) => Refusal(success);

    public bool Accepts(SipUri elsewhere) => IsAccepted(elsewhere);

    public bool TryLeave() => Alternatives > 0 && Alternatives-- > 0;

    public void Settle() => Settled++;
}
