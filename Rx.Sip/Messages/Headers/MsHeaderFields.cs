namespace Rx.Sip.Messages.Headers;

/// <summary>
/// The headers of Office Communications Server and its successors; see also <see cref="NameAddress.Epid"/>.
/// </summary>
public static class MsHeaderFields
{
    /// <summary>What a client says of a failure.</summary>
    public static HeaderField<MsDiagnostics> MsClientDiagnostics { get; } = new(HeaderId.MsClientDiagnostics, Headers.MsDiagnostics.TryRead);
    /// <summary>What the sessions of one conversation share.</summary>
    public static HeaderField<string> MsConversationId { get; } = new(HeaderId.MsConversationId, Shapes.TryText);
    /// <summary>What a server says of a failure.</summary>
    public static HeaderField<MsDiagnostics> MsDiagnostics { get; } = new(HeaderId.MsDiagnostics, Headers.MsDiagnostics.TryRead);
    /// <summary>What a server says of a failure to those outside its organization.</summary>
    public static HeaderField<MsDiagnostics> MsDiagnosticsPublic { get; } = new(HeaderId.MsDiagnosticsPublic, Headers.MsDiagnostics.TryRead);
    /// <summary>What keeps a connection open ([MS-CONMGMT]).</summary>
    public static HeaderField<MsKeepAlive> MsKeepAlive { get; } = new(HeaderId.MsKeepAlive, Headers.MsKeepAlive.TryRead);
    /// <summary>The type of the first message, in an INVITE.</summary>
    public static HeaderField<MediaType> MsTextFormat { get; } = new(HeaderId.MsTextFormat, MediaType.TryRead);
    /// <summary><c>RemoteUser</c> when the user comes from outside the organization.</summary>
    public static HeaderField<string> MsUserLogonData { get; } = new(HeaderId.MsUserLogonData, Shapes.TryToken);
}
