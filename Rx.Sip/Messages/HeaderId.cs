namespace Rx.Sip.Messages;

/// <summary>The headers that the library reads or writes itself. Anything else is <see cref="Unknown"/> and kept verbatim.</summary>
internal enum HeaderId : byte
{
    Unknown,
    Accept, AcceptContact, AcceptEncoding, AcceptLanguage, AcceptResourcePriority, AlertInfo, Allow, AllowEvents, AnswerMode,
    AuthenticationInfo, Authorization, CallId, CallInfo, Contact, ContentDisposition, ContentEncoding, ContentId,
    ContentLanguage, ContentLength, ContentType, CSeq, Date, ErrorInfo, Event, Expires, FeatureCaps, FlowTimer, From,
    Geolocation, GeolocationRouting, HistoryInfo, Identity, InfoPackage, InReplyTo, Join, MaxBreadth, MaxForwards,
    MimeVersion, MinExpires, MinSE, MsClientDiagnostics, MsConversationId, MsDiagnostics, MsDiagnosticsPublic, MsKeepAlive,
    MsTextFormat, MsUserLogonData, Organization, PAssertedIdentity, PAssociatedUri, Path, PermissionMissing,
    PPreferredIdentity, Priority, Privacy, PrivAnswerMode, ProxyAuthenticate, ProxyAuthenticationInfo, ProxyAuthorization,
    ProxyRequire, RAck, Reason, RecordRoute, RecvInfo, ReferredBy, ReferTo, RejectContact, Replaces, ReplyTo,
    RequestDisposition, Require, ResourcePriority, RetryAfter, Route, RSeq, SecurityClient, SecurityServer, SecurityVerify,
    Server, ServiceRoute, SessionExpires, SipETag, SipIfMatch, Subject, SubscriptionState, Supported, SuppressIfMatch,
    TargetDialog, Timestamp, To, Unsupported, UserAgent, Via, Warning, WwwAuthenticate,
}
