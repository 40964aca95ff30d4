using System.Text.Json;

namespace Rx.Sip.Tests.Messages;

/// <summary>The folder of torture messages and what is said about them.</summary>
internal static class TortureMessages
{
    public static IReadOnlyList<JsonElement> All { get; } = [.. Read("rfc4475"), .. Read("rfc5118")];

    public static JsonElement Find(string file) => All.Single(message => message.GetProperty("file").GetString() == file);

    public static byte[] Octets(string file)
    {
        var message = Find(file);
        var name = message.TryGetProperty("correctedFile", out var corrected) ? corrected.GetString()! : file;
        return File.ReadAllBytes(Path($"rfc{message.GetProperty("rfc").GetInt32()}", name));
    }

    /// <summary>The final answers that fit: 400 to what is invalid, if nothing else is said, and to what is valid none, which is 0.</summary>
    public static IReadOnlyList<int> Answers(string file)
    {
        var message = Find(file);
        return message.TryGetProperty("userAgentServerMayAnswer", out var answers) && answers.ValueKind is JsonValueKind.Array && answers.GetArrayLength() > 0
            ? [.. answers.EnumerateArray().Select(answer => answer.GetInt32())]
            : [message.GetProperty("expect").GetString() == "accept" ? 0 : 400];
    }

    private static string Path(params string[] parts) => Repository.Path(["Rx.Sip.Tests", "Messages", "Torture", .. parts]);

    private static List<JsonElement> Read(string rfc)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path($"{rfc}.json")));
        return [.. document.RootElement.GetProperty("messages").EnumerateArray().Select(message => message.Clone())];
    }
}
