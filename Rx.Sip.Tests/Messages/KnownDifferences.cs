using System.Text.Json;

namespace Rx.Sip.Tests.Messages;

/// <summary>Where we read a message of the corpus otherwise than its other reader, and why: each one was looked at.</summary>
internal static class KnownDifferences
{
    private static readonly Dictionary<string, string> All = Read();

    /// <summary>The difference known of the message; null when there is none.</summary>
    public static string? Of(string id) => All.GetValueOrDefault(id);

    private static Dictionary<string, string> Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Repository.Path("Rx.Sip.Tests", "Messages", "known-differences.json")));
        return (from reason in file.RootElement.EnumerateArray()
                from message in reason.GetProperty("messages").EnumerateObject()
                select message).ToDictionary(message => message.Name, message => message.Value.GetString()!);
    }
}
