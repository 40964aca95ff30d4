namespace Rx.Sip.Testing;

/// <summary>What happened to a binding.</summary>
public enum ServerBindingChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It was registered again.</summary>
    Refreshed,

    /// <summary>Its user, or a test, took it away.</summary>
    Removed,

    /// <summary>Its time was over.</summary>
    Expired,
}
