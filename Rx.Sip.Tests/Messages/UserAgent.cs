using Rx.Sip.Messages;

namespace Rx.Sip.Tests.Messages;

/// <summary>The rules of a user agent that calls, writes and registers others.</summary>
internal static class UserAgent
{
    public static readonly SipRules Rules = new()
    {
        Methods = [SipMethod.Invite, SipMethod.Ack, SipMethod.Cancel, SipMethod.Bye, SipMethod.Options, SipMethod.Message, SipMethod.Register],
        ContentTypes = ["application/sdp", "text/plain", "multipart/*", "application/im-iscomposing+xml"],
        Extensions = ["path", "100rel"],
    };
}
