using Rx.Sip.Messages;

namespace Rx.Sip.Registration;

/// <summary>A REGISTER that takes away all that may be bound of ours.</summary>
internal sealed class RegistrationRemoval(RegistrationRun run, RegistrationLoop loop, RegistrationPlan plan) : RegistrationWork(loop)
{
    public override void Start() => Send(Loop.Requests.Remove(plan));

    protected override void Hear(SipResponse? final) => run.Conclude(new RegistrationEvent.Left(final is { IsSuccess: true }));
}
