using System.Text.Json.Nodes;

namespace Rx.Sip.Tool.Values;

/// <summary>One value of one stream, as the tool shows it.</summary>
/// <param name="Stream">The stream it comes from.</param>
/// <param name="Members">What a program is told, besides stream and text.</param>
/// <param name="Text">What a person is told.</param>
internal sealed record StreamValue(string Stream, JsonObject Members, string Text)
{
    /// <summary>The colour in which a person sees it.</summary>
    public string Colour { get; init; } = "default";

    /// <summary>Whether only a program wants to know: people are spared what they can infer.</summary>
    public bool IsDetail { get; init; }

    /// <summary>The name of a case of a closed hierarchy.</summary>
    public static string Case(object value) => value.GetType().Name;

    /// <summary>An instant as programs want it.</summary>
    public static string? Instant(DateTimeOffset? instant) => instant?.ToUniversalTime().ToString("O");
}
