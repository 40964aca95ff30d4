using Rx.Sip.Runtime;

namespace Rx.Sip.Transactions;

/// <summary>One of the four machines of RFC 3261 §17: a value that answers an event with its next state and what is to be done.</summary>
internal interface ITransactionMachine<TSelf> where TSelf : struct, ITransactionMachine<TSelf>
{
    /// <summary>Whether the transaction is over.</summary>
    bool IsTerminated { get; }

    /// <summary>Total: every event is allowed in every state, what the RFC does not name is absorbed.</summary>
    Step<TSelf, TransactionEffect> On(TransactionEvent input);
}
