using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rx.Sip.Tool;

/// <summary>JSON as the tool writes it: one object a line.</summary>
internal static class Json
{
    // Relaxed: <sip:bob@example.test> stays readable. Line separators of every kind are escaped all the same.
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Line(JsonObject value) => value.ToJsonString(OneLine);
}
