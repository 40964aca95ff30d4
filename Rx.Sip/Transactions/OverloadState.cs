using System.Collections.Immutable;

namespace Rx.Sip.Transactions;

/// <summary>Which servers ask for less at the moment (RFC 7339). Equal when the same servers ask for the same.</summary>
public sealed class OverloadState : IEquatable<OverloadState>
{
    internal OverloadState(ImmutableArray<OverloadedServer> servers) => Servers = servers;

    /// <summary>Nobody asks for less.</summary>
    public static OverloadState None { get; } = new([]);

    /// <summary>The servers, in the order of their addresses.</summary>
    public ImmutableArray<OverloadedServer> Servers { get; }

    /// <summary>Whether any server asks for less.</summary>
    public bool IsActive => !Servers.IsEmpty;

    /// <inheritdoc/>
    public bool Equals(OverloadState? other) => other is not null && Servers.SequenceEqual(other.Servers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OverloadState);

    /// <inheritdoc/>
    public override int GetHashCode() => Servers.Aggregate(Servers.Length, HashCode.Combine);

    /// <summary>For example <c>192.0.2.1:5060 wants 20 % less</c>.</summary>
    public override string ToString() => IsActive ? string.Join(", ", Servers) : "no overload";
}
