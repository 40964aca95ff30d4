using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>A server transaction with its machine in place.</summary>
internal sealed class MachineServer<TMachine>(TransactionLayer layer, Flow flow, byte[] key, TMachine machine) : ServerDriver(layer, flow, key)
    where TMachine : struct, ITransactionMachine<TMachine>
{
    private TMachine _machine = machine;

    public override void Handle(TransactionEvent input)
    {
        if (_machine.IsTerminated || IsAnswered)
            return;
        var step = _machine.On(input);
        _machine = step.Next;
        Perform(step.Effects.AsSpan());
        if (_machine.IsTerminated || IsAnswered)
            End();
    }
}
