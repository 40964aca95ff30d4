using System.Text.Json;

namespace Rx.Sip.Tests.Messages.Headers;

/// <summary>How the values of one header may be written and how not, from the grammar and the examples of the RFCs.</summary>
/// <param name="Valid">Pairs: a value as it may come, and as it is written again.</param>
/// <param name="Malformed">What looks like a value and is none.</param>
public sealed record HeaderForms(IReadOnlyList<string[]> Valid, IReadOnlyList<string> Malformed)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>By the name of the header.</summary>
    public static IReadOnlyDictionary<string, HeaderForms> All { get; } =
        JsonSerializer.Deserialize<Dictionary<string, HeaderForms>>(
            File.ReadAllText(Repository.Path("Rx.Sip.Tests", "Messages", "Headers", "header-forms.json")), Options)!;
}
