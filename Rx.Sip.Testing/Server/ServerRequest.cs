using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Server;

/// <summary>A request on its way through the server, and the ways to answer it.</summary>
internal sealed class ServerRequest(ServerTransaction transaction, string domain, ServerNews news, OverloadVoice overload)
{
    public SipRequest Request => transaction.Request;

    public Flow Flow => transaction.Flow;

    /// <summary>Whether it is for a <c>sips</c> URI, so that TLS has to be used on every hop (RFC 5630).</summary>
    public bool IsSecure => SipsUri.Is(Request.RequestUriOctets);

    /// <summary>A response with our tag.</summary>
    public SipResponse Make(int status) => SipResponse.For(Request, status, null, transaction.LocalTag);

    /// <summary>A response with our tag; why it is so, for people, goes into Warning (RFC 3261 §20.43).</summary>
    public SipResponse Make(int status, string why) => Make(status, 399, why);

    /// <summary>The same with the code of the warning.</summary>
    public SipResponse Make(int status, int warning, string why) => Make(status).WithHeader("Warning", $"{warning} {domain} {Grammar.Quote(why)}");

    public void Refuse(int status, string why) => Refuse(Make(status, why));

    public void Refuse(SipResponse response)
    {
        news.Refused();
        Respond(response);
    }

    public void Challenge(int status, string header, IReadOnlyList<string> challenges)
    {
        news.Challenged();
        Respond(challenges.Aggregate(Make(status), (response, challenge) => response.WithAddedHeader(header, challenge)));
    }

    public void Respond(SipResponse response)
    {
        if (response.IsFinal)
            news.Done(Request, response);
        transaction.Respond(overload.Speak(response));
    }
}
