namespace Rx.Sip.Messages.Headers;

/// <summary>
/// Every header of the RFCs that this library can read and write as a typed value: <c>message.Get(HeaderFields.Event)</c>,
/// <c>message.GetAll(HeaderFields.Path)</c>, <c>request.With(HeaderFields.Expires, TimeSpan.FromMinutes(10))</c>. Those of Office
/// Communications Server are in <see cref="MsHeaderFields"/>.
/// </summary>
public static class HeaderFields
{
    /// <summary>The types of bodies that are understood; ranges such as <c>text/*</c> among them (RFC 3261 §20.1).</summary>
    public static HeaderListField<MediaType> Accept { get; } = new(HeaderId.Accept, MediaType.TryRead, ListForm.Offer);
    /// <summary>The features wanted of who is called (RFC 3841 §9.2).</summary>
    public static HeaderListField<FeatureSet> AcceptContact { get; } = new(HeaderId.AcceptContact, FeatureSet.TryRead);
    /// <summary>The codings of bodies that are understood (RFC 3261 §20.2).</summary>
    public static HeaderListField<ContentCoding> AcceptEncoding { get; } = new(HeaderId.AcceptEncoding, ContentCoding.TryRead, ListForm.Offer);
    /// <summary>The languages that are understood (RFC 3261 §20.3).</summary>
    public static HeaderListField<LanguageRange> AcceptLanguage { get; } = new(HeaderId.AcceptLanguage, LanguageRange.TryRead, ListForm.Offer);
    /// <summary>The resource priorities that a server knows (RFC 4412 §3.2).</summary>
    public static HeaderListField<ResourcePriority> AcceptResourcePriority { get; } = new(HeaderId.AcceptResourcePriority, Headers.ResourcePriority.TryRead, ListForm.Offer);
    /// <summary>What to ring with (RFC 3261 §20.4).</summary>
    public static HeaderListField<UriReference> AlertInfo { get; } = new(HeaderId.AlertInfo, UriReference.TryRead);
    /// <summary>The methods that are understood (RFC 3261 §20.5).</summary>
    public static HeaderListField<string> Allow { get; } = new(HeaderId.Allow, Shapes.TryToken, ListForm.Offer);
    /// <summary>The event packages that are understood (RFC 6665 §8.2.2).</summary>
    public static HeaderListField<string> AllowEvents { get; } = new(HeaderId.AllowEvents, Shapes.TryToken);
    /// <summary>Whether the callee is to answer by itself (RFC 5373 §4.1).</summary>
    public static HeaderField<AnswerMode> AnswerMode { get; } = new(HeaderId.AnswerMode, Headers.AnswerMode.TryRead);
    /// <summary>What a server proves after authentication (RFC 3261 §20.6); no scheme, but with Office Communications Server.</summary>
    public static HeaderField<AuthenticationParameters> AuthenticationInfo { get; } = new(HeaderId.AuthenticationInfo, AuthenticationParameters.TryReadInformation, AuthenticationParameters.Write);
    /// <summary>Credentials for the server (RFC 3261 §20.7).</summary>
    public static HeaderListField<AuthenticationParameters> Authorization { get; } = new(HeaderId.Authorization, AuthenticationParameters.TryRead, ListForm.Lines, AuthenticationParameters.Write);
    /// <summary>What all messages of a dialog or registration share (RFC 3261 §20.8).</summary>
    public static HeaderField<string> CallId { get; } = new(HeaderId.CallId, Shapes.TryCallId);
    /// <summary>Pictures, cards and pages of who calls or is called (RFC 3261 §20.9).</summary>
    public static HeaderListField<UriReference> CallInfo { get; } = new(HeaderId.CallInfo, UriReference.TryRead);
    /// <summary>Where to be reached (RFC 3261 §20.10); an asterisk is left out, see <see cref="SipMessage.IsContactWildcard"/>.</summary>
    public static HeaderListField<NameAddress> Contact { get; } = new(HeaderId.Contact, NameAddress.TryRead, ListForm.Contacts);
    /// <summary>What the body is for (RFC 3261 §20.11).</summary>
    public static HeaderField<ContentDisposition> ContentDisposition { get; } = new(HeaderId.ContentDisposition, Headers.ContentDisposition.TryRead);
    /// <summary>The codings applied to the body, in order (RFC 3261 §20.12).</summary>
    public static HeaderListField<string> ContentEncoding { get; } = new(HeaderId.ContentEncoding, Shapes.TryToken);
    /// <summary>The name by which a <c>cid</c> URI means the body, without brackets (RFC 8262 §6).</summary>
    public static HeaderField<string> ContentId { get; } = new(HeaderId.ContentId, Shapes.TryContentId, Shapes.ContentId);
    /// <summary>The languages of the body (RFC 3261 §20.13).</summary>
    public static HeaderListField<string> ContentLanguage { get; } = new(HeaderId.ContentLanguage, Shapes.TryToken);
    /// <summary>The octets of the body (RFC 3261 §20.14). It follows the body and can't be set.</summary>
    public static HeaderValueField<int> ContentLength { get; } = new(HeaderId.ContentLength, Shapes.TryCount);
    /// <summary>The type of the body (RFC 3261 §20.15). Set it together with the body.</summary>
    public static HeaderField<MediaType> ContentType { get; } = new(HeaderId.ContentType, MediaType.TryRead);
    /// <summary>The number of the request in its dialog (RFC 3261 §20.16).</summary>
    public static HeaderValueField<CSeq> CSeq { get; } = new(HeaderId.CSeq, Messages.CSeq.TryRead);
    /// <summary>When the message was first sent (RFC 3261 §20.17).</summary>
    public static HeaderValueField<DateTimeOffset> Date { get; } = new(HeaderId.Date, Shapes.TryDate, Shapes.Date);
    /// <summary>More about an error (RFC 3261 §20.18).</summary>
    public static HeaderListField<UriReference> ErrorInfo { get; } = new(HeaderId.ErrorInfo, UriReference.TryRead);
    /// <summary>What is subscribed to (RFC 6665 §8.2.1).</summary>
    public static HeaderField<SipEvent> Event { get; } = new(HeaderId.Event, SipEvent.TryRead);
    /// <summary>How long a registration, subscription or invitation holds (RFC 3261 §20.19).</summary>
    public static HeaderValueField<TimeSpan> Expires { get; } = new(HeaderId.Expires, Shapes.TrySeconds, Shapes.Seconds);
    /// <summary>What intermediaries on the path can do (RFC 6809 §6).</summary>
    public static HeaderListField<FeatureSet> FeatureCaps { get; } = new(HeaderId.FeatureCaps, FeatureSet.TryRead);
    /// <summary>How long a flow may be silent before the server drops it (RFC 5626 §10).</summary>
    public static HeaderValueField<TimeSpan> FlowTimer { get; } = new(HeaderId.FlowTimer, Shapes.TrySeconds, Shapes.Seconds);
    /// <summary>Who sends the request (RFC 3261 §20.20).</summary>
    public static HeaderField<NameAddress> From { get; } = new(HeaderId.From, NameAddress.TryRead);
    /// <summary>Where the user is, by reference (RFC 6442 §4.1).</summary>
    public static HeaderListField<UriReference> Geolocation { get; } = new(HeaderId.Geolocation, UriReference.TryRead);
    /// <summary>Whether the location may be used for routing: <c>yes</c> or <c>no</c> (RFC 6442 §4.2).</summary>
    public static HeaderField<string> GeolocationRouting { get; } = new(HeaderId.GeolocationRouting, Shapes.TryToken);
    /// <summary>Where the request was sent on its way (RFC 7044 §5).</summary>
    public static HeaderListField<HistoryEntry> HistoryInfo { get; } = new(HeaderId.HistoryInfo, HistoryEntry.TryRead);
    /// <summary>A signed assertion of who sends the request (RFC 8224 §4).</summary>
    public static HeaderListField<SignedIdentity> Identity { get; } = new(HeaderId.Identity, SignedIdentity.TryRead);
    /// <summary>What an INFO is about (RFC 6086 §7.2).</summary>
    public static HeaderField<InfoPackage> InfoPackage { get; } = new(HeaderId.InfoPackage, Headers.InfoPackage.TryRead);
    /// <summary>The Call-IDs of the calls that this one returns (RFC 3261 §20.21).</summary>
    public static HeaderListField<string> InReplyTo { get; } = new(HeaderId.InReplyTo, Shapes.TryCallId, ListForm.Words);
    /// <summary>The dialog whose conversation this session joins (RFC 3911 §7.1).</summary>
    public static HeaderField<Join> Join { get; } = new(HeaderId.Join, Headers.Join.TryRead);
    /// <summary>How many branches the request may still be forked into at a time (RFC 5393 §5.1).</summary>
    public static HeaderValueField<int> MaxBreadth { get; } = new(HeaderId.MaxBreadth, Shapes.TryCount);
    /// <summary>How many hops the request may still take (RFC 3261 §20.22).</summary>
    public static HeaderValueField<int> MaxForwards { get; } = new(HeaderId.MaxForwards, Shapes.TryCount);
    /// <summary>The version of MIME, <c>1.0</c> (RFC 3261 §20.24).</summary>
    public static HeaderField<string> MimeVersion { get; } = new(HeaderId.MimeVersion, Shapes.TryMimeVersion);
    /// <summary>The shortest time a registrar or notifier grants (RFC 3261 §20.23).</summary>
    public static HeaderValueField<TimeSpan> MinExpires { get; } = new(HeaderId.MinExpires, Shapes.TrySeconds, Shapes.Seconds);
    /// <summary>The shortest session interval that is agreed to (RFC 4028 §5).</summary>
    public static HeaderField<MinSE> MinSE { get; } = new(HeaderId.MinSE, Headers.MinSE.TryRead);
    /// <summary>The organization of who sends the message (RFC 3261 §20.25).</summary>
    public static HeaderField<string> Organization { get; } = new(HeaderId.Organization, Shapes.TryText);
    /// <summary>Who sends the message, as the trusted network says (RFC 3325 §9.1).</summary>
    public static HeaderListField<NameAddress> PAssertedIdentity { get; } = new(HeaderId.PAssertedIdentity, NameAddress.TryRead);
    /// <summary>The URIs that belong to the registered user (RFC 7315 §4.1).</summary>
    public static HeaderListField<NameAddress> PAssociatedUri { get; } = new(HeaderId.PAssociatedUri, NameAddress.TryRead);
    /// <summary>The proxies between registrar and user agent (RFC 3327 §4).</summary>
    public static HeaderListField<NameAddress> Path { get; } = new(HeaderId.Path, NameAddress.TryRead);
    /// <summary>The recipients whose permission is missing (RFC 5360 §5.9.3).</summary>
    public static HeaderListField<NameAddress> PermissionMissing { get; } = new(HeaderId.PermissionMissing, NameAddress.TryRead);
    /// <summary>Which of its identities the user wants asserted (RFC 3325 §9.2).</summary>
    public static HeaderListField<NameAddress> PPreferredIdentity { get; } = new(HeaderId.PPreferredIdentity, NameAddress.TryRead);
    /// <summary>How urgent the request is for people: <c>non-urgent</c>, <c>normal</c>, <c>urgent</c>, <c>emergency</c> (RFC 3261 §20.26).</summary>
    public static HeaderField<string> Priority { get; } = new(HeaderId.Priority, Shapes.TryToken);
    /// <summary>What the user wants hidden: <c>id</c>, <c>header</c>, <c>session</c>, <c>user</c>, <c>critical</c>, <c>none</c> (RFC 3323 §4.2).</summary>
    public static HeaderListField<string> Privacy { get; } = new(HeaderId.Privacy, Shapes.TryToken, ListForm.Semicolons);
    /// <summary>Answer-Mode that wants to be obeyed before the callee's own wish (RFC 5373 §4.2).</summary>
    public static HeaderField<AnswerMode> PrivAnswerMode { get; } = new(HeaderId.PrivAnswerMode, Headers.AnswerMode.TryRead);
    /// <summary>Challenges of a proxy (RFC 3261 §20.27).</summary>
    public static HeaderListField<AuthenticationParameters> ProxyAuthenticate { get; } = new(HeaderId.ProxyAuthenticate, AuthenticationParameters.TryRead, ListForm.Lines, AuthenticationParameters.Write);
    /// <summary>What a proxy proves after authentication (RFC 7615, RFC 8760).</summary>
    public static HeaderField<AuthenticationParameters> ProxyAuthenticationInfo { get; } = new(HeaderId.ProxyAuthenticationInfo, AuthenticationParameters.TryReadInformation, AuthenticationParameters.Write);
    /// <summary>Credentials for a proxy (RFC 3261 §20.28).</summary>
    public static HeaderListField<AuthenticationParameters> ProxyAuthorization { get; } = new(HeaderId.ProxyAuthorization, AuthenticationParameters.TryRead, ListForm.Lines, AuthenticationParameters.Write);
    /// <summary>The extensions a proxy must know (RFC 3261 §20.29).</summary>
    public static HeaderListField<string> ProxyRequire { get; } = new(HeaderId.ProxyRequire, Shapes.TryText);
    /// <summary>The reliable provisional response that a PRACK acknowledges (RFC 3262 §7.2).</summary>
    public static HeaderValueField<RAck> RAck { get; } = new(HeaderId.RAck, Headers.RAck.TryRead);
    /// <summary>Why the request was sent (RFC 3326 §2).</summary>
    public static HeaderListField<SipReason> Reason { get; } = new(HeaderId.Reason, SipReason.TryRead);
    /// <summary>The proxies that stay in the dialog (RFC 3261 §20.30).</summary>
    public static HeaderListField<NameAddress> RecordRoute { get; } = new(HeaderId.RecordRoute, NameAddress.TryRead);
    /// <summary>The Info Packages that are understood (RFC 6086 §7.3).</summary>
    public static HeaderListField<InfoPackage> RecvInfo { get; } = new(HeaderId.RecvInfo, Headers.InfoPackage.TryRead, ListForm.Offer);
    /// <summary>Who sent the REFER that led to this request (RFC 3892 §3).</summary>
    public static HeaderField<NameAddress> ReferredBy { get; } = new(HeaderId.ReferredBy, NameAddress.TryRead);
    /// <summary>Where the recipient of a REFER is to turn to (RFC 3515 §2.1).</summary>
    public static HeaderField<NameAddress> ReferTo { get; } = new(HeaderId.ReferTo, NameAddress.TryRead);
    /// <summary>The features not wanted of who is called (RFC 3841 §9.2).</summary>
    public static HeaderListField<FeatureSet> RejectContact { get; } = new(HeaderId.RejectContact, FeatureSet.TryRead);
    /// <summary>The dialog whose place this session takes (RFC 3891 §6.1).</summary>
    public static HeaderField<Replaces> Replaces { get; } = new(HeaderId.Replaces, Headers.Replaces.TryRead);
    /// <summary>Where to return the call (RFC 3261 §20.31).</summary>
    public static HeaderField<NameAddress> ReplyTo { get; } = new(HeaderId.ReplyTo, NameAddress.TryRead);
    /// <summary>What proxies are to do with the request: <c>proxy</c>, <c>no-fork</c>, <c>parallel</c> … (RFC 3841 §9.1).</summary>
    public static HeaderListField<string> RequestDisposition { get; } = new(HeaderId.RequestDisposition, Shapes.TryToken);
    /// <summary>The extensions the server must know (RFC 3261 §20.32).</summary>
    public static HeaderListField<string> Require { get; } = new(HeaderId.Require, Shapes.TryText);
    /// <summary>How important the request is for the network (RFC 4412 §3.1).</summary>
    public static HeaderListField<ResourcePriority> ResourcePriority { get; } = new(HeaderId.ResourcePriority, Headers.ResourcePriority.TryRead);
    /// <summary>How long to leave the sender alone (RFC 3261 §20.33).</summary>
    public static HeaderField<RetryAfter> RetryAfter { get; } = new(HeaderId.RetryAfter, Messages.RetryAfter.TryRead);
    /// <summary>The proxies the request has still to pass (RFC 3261 §20.34).</summary>
    public static HeaderListField<NameAddress> Route { get; } = new(HeaderId.Route, NameAddress.TryRead);
    /// <summary>The number of a reliable provisional response (RFC 3262 §7.1).</summary>
    public static HeaderValueField<uint> RSeq { get; } = new(HeaderId.RSeq, Shapes.TryNumber);
    /// <summary>The security mechanisms a client has (RFC 3329 §2.2).</summary>
    public static HeaderListField<SecurityMechanism> SecurityClient { get; } = new(HeaderId.SecurityClient, SecurityMechanism.TryRead);
    /// <summary>The security mechanisms a server has (RFC 3329 §2.2).</summary>
    public static HeaderListField<SecurityMechanism> SecurityServer { get; } = new(HeaderId.SecurityServer, SecurityMechanism.TryRead);
    /// <summary>Security-Server as the client got it (RFC 3329 §2.2).</summary>
    public static HeaderListField<SecurityMechanism> SecurityVerify { get; } = new(HeaderId.SecurityVerify, SecurityMechanism.TryRead);
    /// <summary>The software of a server (RFC 3261 §20.35).</summary>
    public static HeaderField<string> Server { get; } = new(HeaderId.Server, Shapes.TryText);
    /// <summary>The route to the home services of a registered user (RFC 3608 §5).</summary>
    public static HeaderListField<NameAddress> ServiceRoute { get; } = new(HeaderId.ServiceRoute, NameAddress.TryRead);
    /// <summary>How long the session lives without a refresh (RFC 4028 §4).</summary>
    public static HeaderField<SessionExpires> SessionExpires { get; } = new(HeaderId.SessionExpires, Headers.SessionExpires.TryRead);
    /// <summary>The entity-tag of a publication (RFC 3903 §11.3.1).</summary>
    public static HeaderField<string> SipETag { get; } = new(HeaderId.SipETag, Shapes.TryToken);
    /// <summary>The entity-tag of the publication that is refreshed, changed or removed (RFC 3903 §11.3.2).</summary>
    public static HeaderField<string> SipIfMatch { get; } = new(HeaderId.SipIfMatch, Shapes.TryToken);
    /// <summary>What the request is about (RFC 3261 §20.36).</summary>
    public static HeaderField<string> Subject { get; } = new(HeaderId.Subject, Shapes.TryText);
    /// <summary>How a subscription stands (RFC 6665 §8.2.3).</summary>
    public static HeaderField<SipSubscriptionState> SubscriptionState { get; } = new(HeaderId.SubscriptionState, SipSubscriptionState.TryRead);
    /// <summary>The extensions that are known (RFC 3261 §20.37).</summary>
    public static HeaderListField<string> Supported { get; } = new(HeaderId.Supported, Shapes.TryToken, ListForm.Offer);
    /// <summary>The entity-tag of the state that need not be sent again, or <c>*</c> (RFC 5839 §4.3.2).</summary>
    public static HeaderField<string> SuppressIfMatch { get; } = new(HeaderId.SuppressIfMatch, Shapes.TryToken);
    /// <summary>The dialog that authorises a request outside it (RFC 4538 §7).</summary>
    public static HeaderField<TargetDialog> TargetDialog { get; } = new(HeaderId.TargetDialog, Headers.TargetDialog.TryRead);
    /// <summary>When the request was sent (RFC 3261 §20.38).</summary>
    public static HeaderValueField<SipTimestamp> Timestamp { get; } = new(HeaderId.Timestamp, SipTimestamp.TryRead);
    /// <summary>Whom the request is for (RFC 3261 §20.39).</summary>
    public static HeaderField<NameAddress> To { get; } = new(HeaderId.To, NameAddress.TryRead);
    /// <summary>The extensions that are demanded and not known (RFC 3261 §20.40).</summary>
    public static HeaderListField<string> Unsupported { get; } = new(HeaderId.Unsupported, Shapes.TryText);
    /// <summary>The software of a client (RFC 3261 §20.41).</summary>
    public static HeaderField<string> UserAgent { get; } = new(HeaderId.UserAgent, Shapes.TryText);
    /// <summary>The hops the request took (RFC 3261 §20.42).</summary>
    public static HeaderListField<Via> Via { get; } = new(HeaderId.Via, Messages.Via.TryRead);
    /// <summary>What went wrong, for people (RFC 3261 §20.43).</summary>
    public static HeaderListField<SipWarning> Warning { get; } = new(HeaderId.Warning, SipWarning.TryRead);
    /// <summary>Challenges of a server (RFC 3261 §20.44).</summary>
    public static HeaderListField<AuthenticationParameters> WwwAuthenticate { get; } = new(HeaderId.WwwAuthenticate, AuthenticationParameters.TryRead, ListForm.Lines, AuthenticationParameters.Write);
}
