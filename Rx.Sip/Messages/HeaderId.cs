namespace Rx.Sip.Messages;

/// <summary>The headers that the library reads or writes itself. Anything else is <see cref="Unknown"/> and kept verbatim.</summary>
internal enum HeaderId : byte
{
    Unknown,
    Accept, AcceptEncoding, AcceptLanguage, AlertInfo, Allow, AllowEvents, AuthenticationInfo, Authorization,
    CallId, CallInfo, Contact, ContentDisposition, ContentEncoding, ContentLanguage, ContentLength, ContentType, CSeq,
    Date, ErrorInfo, Event, Expires, FlowTimer, From, InReplyTo, MaxForwards, MimeVersion, MinExpires, MinSE,
    Organization, PAssertedIdentity, PPreferredIdentity, Path, Priority, Privacy, ProxyAuthenticate,
    ProxyAuthenticationInfo, ProxyAuthorization, ProxyRequire, RAck, Reason, RecordRoute, ReferredBy, ReferTo, Replaces,
    ReplyTo, Require, RetryAfter, Route, RSeq, Server, ServiceRoute, SessionExpires, SipETag, SipIfMatch, Subject,
    SubscriptionState, Supported, Timestamp, To, Unsupported, UserAgent, Via, Warning, WwwAuthenticate,
}
