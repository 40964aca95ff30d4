namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Where the value of a field may be folded without changing its meaning (RFC 3261 §7.3.1).</summary>
internal enum Fold
{
    /// <summary>Nowhere inside.</summary>
    Nowhere,

    /// <summary>Behind commas and semicolons outside quotes and brackets.</summary>
    BehindSeparators,

    /// <summary>At any space.</summary>
    AtSpaces,
}
