using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>A client transaction with its machine in place.</summary>
internal sealed class MachineClient<TMachine>(
    TransactionLayer layer, Flow flow, ClientKey key, SipRequest request, PendingRequest? owner, TMachine machine)
    : ClientDriver(layer, flow, key, request, owner)
    where TMachine : struct, ITransactionMachine<TMachine>
{
    private TMachine _machine = machine;

    public override void Handle(TransactionEvent input)
    {
        if (_machine.IsTerminated || IsForgettable)
            return;
        var step = _machine.On(input);
        _machine = step.Next;
        Perform(step.Effects.AsSpan());
        if (_machine.IsTerminated || IsForgettable)
            End();
    }
}
