using Rx.Sip.Messages;

namespace Rx.Sip.Tool.Parsing;

/// <summary>How what was parsed is shown.</summary>
internal interface IMessageView
{
    void Show(SipParseResult result);
}
