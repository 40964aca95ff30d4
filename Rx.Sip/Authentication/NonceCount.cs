namespace Rx.Sip.Authentication;

/// <summary>How often a nonce has been used.</summary>
internal sealed class NonceCount
{
    private uint _used;

    /// <summary>The count of the next use as <c>nc</c> has it: eight hexadecimal digits, from 1 on.</summary>
    public string Next() => Interlocked.Increment(ref _used).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
}
