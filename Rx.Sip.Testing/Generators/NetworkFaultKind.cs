namespace Rx.Sip.Testing.Generators;

/// <summary>What goes wrong for a while.</summary>
public enum NetworkFaultKind
{
    /// <summary>Nothing gets through to the host, nor from it.</summary>
    Partition,

    /// <summary>The host dies and comes back, and with it the <see cref="EmbeddedServer"/> that runs there.</summary>
    Crash,

    /// <summary>All its connections are reset.</summary>
    DropConnections,

    /// <summary>All its connections are forgotten without a word to the peers.</summary>
    ForgetConnections,
}
