namespace Rx.Sip.Transactions;

/// <summary>How many transactions of an endpoint may run at a time. May be changed while they do, from any thread.</summary>
internal sealed class ThrottleLimit
{
    /// <summary>Whether there is a limit.</summary>
    public bool IsOn
    {
        get => Volatile.Read(ref field);
        set
        {
            Volatile.Write(ref field, value);
            Client?.Adjust();
        }
    }

    /// <summary>The limit.</summary>
    public int Most
    {
        get => Volatile.Read(ref field);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref field, value);
            Client?.Adjust();
        }
    } = 1;

    /// <summary>How many may run now.</summary>
    public int Current => IsOn ? Most : int.MaxValue;

    /// <summary>Who keeps to it.</summary>
    public ThrottledClient? Client { get; set; }
}
