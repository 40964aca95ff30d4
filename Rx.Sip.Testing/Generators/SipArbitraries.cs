using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Testing.Generators.Parts;

namespace Rx.Sip.Testing.Generators;

/// <summary>
/// What SIP messages can look like, for property tests with FsCheck: valid ones in every form the grammar allows (IPv6, escapes, UTF-8,
/// compact and folded headers, comma lists, quoted strings, unknown methods, headers and schemes, bodies of many kinds), almost valid
/// ones, dialogs, and networks that fail. What fails a property is shrunk to something that is still a message and easy to read, and the
/// same seed (FsCheck's <c>Replay</c>) gives the same values. Use one by one with <c>Prop.ForAll(SipArbitraries.Request, …)</c>, or all by
/// their types: <c>Config.QuickThrowOnFailure.WithArbitrary([typeof(SipArbitraries)])</c> or <c>ArbMap.Default.Merge&lt;SipArbitraries&gt;()</c>,
/// in F# <c>ArbMap.defaults |&gt; ArbMap.mergeWith&lt;SipArbitraries&gt;</c>.
/// </summary>
public sealed class SipArbitraries
{
    private SipArbitraries()
    {
    }

    /// <summary>URIs: <c>sip</c>, <c>sips</c>, <c>tel</c>, and a few of other schemes.</summary>
    public static Arbitrary<SipUri> Uri { get; } = Arb.From(Uris.Any.Select(SipUri.Parse), UriShrinker.Shrink);

    /// <summary>Addresses as in From, To and Contact: a URI, perhaps a display name and parameters.</summary>
    public static Arbitrary<NameAddress> Address { get; } = Arb.From(Addresses.Any.Select(NameAddress.Parse), ShrinkAddress);

    /// <summary>
    /// Header fields with valid values: every header of RFC 3261 and its extensions that the library knows, and unknown ones. Names in long
    /// form or compact, values in one line: what <c>WithHeader</c> takes. Content-Length follows the body and is not among them.
    /// </summary>
    public static Arbitrary<SipHeader> Header { get; } = Arb.From(Fields.Any, Fields.Shrink);

    /// <summary>Requests that a user agent has to accept, of known and unknown methods, each with the headers its method needs and Content-Length.</summary>
    public static Arbitrary<SipRequest> Request { get; } = Arb.From(Drafts.Request.Select(draft => draft.Make<SipRequest>()), DraftShrinker.Shrink);

    /// <summary>Responses, 100 to 699, with Content-Length.</summary>
    public static Arbitrary<SipResponse> Response { get; } = Arb.From(Drafts.Response.Select(draft => draft.Make<SipResponse>()), DraftShrinker.Shrink);

    /// <summary>Requests and responses.</summary>
    public static Arbitrary<SipMessage> Message { get; } = Arb.From(
        Gen.OneOf(Request.Generator.Select(SipMessage (request) => request), Response.Generator.Select(SipMessage (response) => response)),
        DraftShrinker.Shrink);

    /// <summary>Octets that are a message but for one defect, with the name of the defect and the answer it deserves.</summary>
    public static Arbitrary<AlmostValidMessage> AlmostValid { get; } = Arb.From(AlmostValidMessage.Generator, AlmostValidMessage.Shrink);

    /// <summary>Whole dialogs and exchanges, message by message: see <see cref="DialogScript"/>.</summary>
    public static Arbitrary<DialogScript> Dialog { get; } = Arb.From(DialogScripts.Any, DialogScripts.Shrink);

    /// <summary>Bad weather for a <see cref="SimulatedNetwork"/>: see <see cref="FaultSchedule"/>.</summary>
    public static Arbitrary<FaultSchedule> Faults { get; } = Arb.From(FaultSchedules.Any, FaultSchedules.Shrink);

    private static IEnumerable<NameAddress> ShrinkAddress(NameAddress address)
    {
        if (address.DisplayName is not null)
            yield return address with { DisplayName = null };
        foreach (var (name, _) in address.Parameters)
            yield return address with { Parameters = address.Parameters.Without(name) };
        foreach (var uri in UriShrinker.Shrink(address.Uri))
            yield return address with { Uri = uri };
    }
}
