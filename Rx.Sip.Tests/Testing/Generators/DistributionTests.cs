using Rx.Sip.Messages;
using Rx.Sip.Testing.Generators;
using Xunit;

namespace Rx.Sip.Tests.Testing.Generators;

/// <summary>How often generated values are of each kind: a generator that stops making one of them fails here.</summary>
public class DistributionTests
{
    private const int Count = 600;

    private static readonly IReadOnlyList<SipRequest> Requests = Sampled.Of(SipArbitraries.Request, Count);
    private static readonly IReadOnlyList<SipResponse> Responses = Sampled.Of(SipArbitraries.Response, Count);

    public static TheoryData<string, double, Func<SipRequest, bool>> KindsOfRequests => new()
    {
        { "an IPv6 address in Via", 0.15, request => request.Vias.Any(via => via.Host.StartsWith('[')) },
        { "an IPv6 address in a URI", 0.15, request => request.RequestUri!.Host.StartsWith('[') },
        { "an escape in the Request-URI", 0.03, request => request.RequestUriText.Contains('%', StringComparison.Ordinal) },
        { "UTF-8 beyond ASCII in a header", 0.1, request => request.Headers.Any(header => header.Value.Any(letter => letter > 127)) },
        { "a compact name", 0.3, request => request.Headers.Any(header => header.Name.Length == 1) },
        { "a name in unusual case", 0.3, request => request.Headers.Any(header => header.Name.Length > 4 && !header.Name.Any(char.IsAsciiLetterLower)) },
        { "a fold", 0.3, request => Head(request).Contains("\r\n ", StringComparison.Ordinal) },
        { "white space in front of a colon", 0.1, request => Head(request).Contains(" :", StringComparison.Ordinal) },
        { "several values in one Via", 0.1, request => request.Headers.GetAll("Via").Count == 1 && request.Vias.Count > 1 },
        { "a quoted string", 0.3, request => Head(request).Contains('"', StringComparison.Ordinal) },
        { "an escape in a quoted string", 0.1, request => Head(request).Contains("\\\"", StringComparison.Ordinal) },
        { "an unknown method", 0.05, request => !Enum.TryParse<Known>(request.Method.Name, out _) },
        { "an unknown header", 0.3, request => request.Headers.Any(header => header.Name.StartsWith("X-", StringComparison.Ordinal)) },
        { "an unknown scheme", 0.03, request => request.Contacts.Append(request.From!).Any(address => !address.Uri.IsSip && !address.Uri.IsTel) },
        { "a tel URI", 0.03, request => request.RequestUri!.IsTel },
        { "a sips URI", 0.1, request => request.RequestUri!.IsSecure },
        { "an empty value", 0.02, request => request.Headers.Any(header => header.Value.Length == 0) },
        { "no body", 0.2, request => request.Body.IsEmpty },
        { "a text", 0.05, request => IsBody(request, "text/plain") },
        { "SDP", 0.05, request => IsBody(request, "application/sdp") },
        { "CPIM", 0.01, request => IsBody(request, "message/cpim") },
        { "a multipart body", 0.05, request => request.ContentType?.Type == "multipart" && request.BodyText.Contains("--", StringComparison.Ordinal) },
        { "a multipart body in another", 0.005, request => request.ContentType?.Type == "multipart" && request.BodyText.Contains("Content-Type: multipart", StringComparison.Ordinal) },
        { "a body of more than 1500 octets", 0.02, request => request.Body.Length > 1500 },
        { "more than 50 headers", 0.01, request => request.Headers.Count > 50 },
        { "the mandatory headers alone", 0.02, request => request.Headers.Count <= 7 },
        { "a message longer than a datagram may be", 0.02, request => request.Bytes.Length > 1300 },
        { "a sequence number that is the largest", 0.01, request => request.CSeq!.Value.Number == int.MaxValue },
        { "nobody's version of the version", 0.02, request => request.ToWireString().Contains("sip/2.0\r\n", StringComparison.Ordinal) },
    };

    public static TheoryData<string, double, Func<SipResponse, bool>> KindsOfResponses => new()
    {
        { "a provisional response", 0.05, response => response.IsProvisional },
        { "a success", 0.03, response => response.IsSuccess },
        { "a redirection", 0.02, response => response.IsRedirection },
        { "no reason phrase", 0.05, response => response.ReasonPhrase.Length == 0 },
        { "a reason phrase beyond ASCII", 0.02, response => response.ReasonPhrase.Any(letter => letter > 127) },
        { "a status code nobody registered", 0.05, response => SipStatus.ReasonPhrase(response.StatusCode).Length == 0 || response.StatusCode % 100 > 60 },
        { "a challenge", 0.1, response => response.WwwAuthenticate.Count > 0 },
        { "a date", 0.05, response => response.Date is not null },
        { "a warning", 0.05, response => response.Warnings.Count > 0 },
        { "a Retry-After with a comment", 0.02, response => response.RetryAfter is not null && response.Headers.Get("Retry-After")!.Contains('(', StringComparison.Ordinal) },
        { "a route set", 0.05, response => response.RecordRoutes.Count > 1 },
    };

    private enum Known
    {
        MESSAGE, REGISTER, INVITE, ACK, CANCEL, BYE, OPTIONS, SUBSCRIBE, NOTIFY, PUBLISH, REFER, INFO, UPDATE, PRACK, SERVICE,
    }

    [Fact]
    public void Requests_are_of_every_kind() => Show(Requests, KindsOfRequests);

    [Fact]
    public void Responses_are_of_every_kind() => Show(Responses, KindsOfResponses);

    [Fact]
    public void Every_known_method_and_every_header_of_the_library_comes_up()
    {
        Assert.Empty(Enum.GetNames<Known>().Except(Requests.Select(request => request.Method.Name)));
        var names = Requests.Concat<SipMessage>(Responses).SelectMany(message => message.Headers).Select(header => header.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Empty(Rx.Sip.Testing.Generators.Parts.FieldKinds.All.Where(kind => !names.Contains(kind.Name)).Select(kind => kind.Name));
        Assert.Empty(Rx.Sip.Testing.Generators.Parts.FieldKinds.All.Where(kind => kind.Compact is not null && !names.Contains(kind.Compact)).Select(kind => kind.Name));
    }

    [Fact]
    public void Every_defect_every_kind_of_dialog_and_every_fault_comes_up()
    {
        Assert.Empty(Enum.GetValues<MessageDefect>().Except(Sampled.Of(SipArbitraries.AlmostValid, Count).Select(message => message.Defect)));
        Assert.Empty(Enum.GetValues<DialogKind>().Except(Sampled.Of(SipArbitraries.Dialog, 100).Select(dialog => dialog.Kind)));
        Assert.Empty(Enum.GetValues<NetworkFaultKind>().Except(Sampled.Of(SipArbitraries.Faults, 100).SelectMany(schedule => schedule.Faults).Select(fault => fault.Kind)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_messages()
    {
        Assert.Equal(Wire(seed: 7), Wire(seed: 7));
        Assert.NotEqual(Wire(seed: 7), Wire(seed: 8));

        static string Wire(ulong seed) => string.Concat(Sampled.Of(SipArbitraries.Message, 50, seed).Select(message => message.ToWireString()));
    }

    private static void Show<T>(IReadOnlyList<T> messages, TheoryData<string, double, Func<T, bool>> kinds) where T : SipMessage =>
        Assert.Empty(from kind in kinds.Select(row => row.Data)
                     let share = (double)messages.Count(kind.Item3) / messages.Count
                     where share < kind.Item2
                     select $"{kind.Item1}: {share:P1} of the messages, not {kind.Item2:P1}");

    private static string Head(SipMessage message) => System.Text.Encoding.UTF8.GetString(message.Bytes.Span[..^message.Body.Length]);

    private static bool IsBody(SipRequest request, string type) => !request.Body.IsEmpty && request.ContentType?.Is(type) == true;
}
