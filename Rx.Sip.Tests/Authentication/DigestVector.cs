using System.Text.Json;

namespace Rx.Sip.Tests.Authentication;

/// <summary>A known answer of Digest.</summary>
public sealed record DigestVector(
    string Source, string Alg, string User, string Realm, string Pw, string Method, string Uri, string Nonce, string? Qop, string? Nc,
    string? Cnonce, string BodyUtf8, string Ha1, string Ha2, string Response, string Rspauth)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<DigestVector> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("vectors").Deserialize<List<DigestVector>>(Options)!;
    }

    public override string ToString() => $"{Alg} {Qop ?? "no qop"} {Method} {Nc} ({Source})";
}
