namespace Rx.Sip.Transactions;

/// <summary>Where a request is in a <see cref="ThrottledClient"/>.</summary>
internal enum ThrottlePlace : byte
{
    /// <summary>Not there yet, or not any more.</summary>
    None,

    /// <summary>It waits among those that go first.</summary>
    Urgent,

    /// <summary>It waits.</summary>
    Waiting,

    /// <summary>Its transaction runs.</summary>
    Running,
}
