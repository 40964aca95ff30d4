using System.Globalization;
using System.Text;
using Rx.Sip.Messages;

namespace Rx.Sip.Transactions;

/// <summary>What a server says about its load in the topmost Via of a response (RFC 7339 §4, §9).</summary>
/// <param name="Algorithm">The algorithm it chose.</param>
/// <param name="Value">Percent, or requests per second.</param>
/// <param name="Validity">How long it holds; zero: from now on nothing is asked for.</param>
/// <param name="Sequence">What tells a late word from a new one; null when it is missing.</param>
internal readonly record struct OverloadFeedback(OverloadAlgorithm Algorithm, int Value, TimeSpan Validity, decimal? Sequence)
{
    // RFC 7339 §4.3. What holds longer than a day is said again before.
    private const uint DefaultValidity = 500;
    private const uint LongestValidity = 86_400_000;

    /// <summary>Whether the server can do with all we would send.</summary>
    public bool IsCalm => Validity == TimeSpan.Zero || (Algorithm == OverloadAlgorithm.Loss && Value == 0);

    /// <summary>Reads it; false when there is none, or none that makes sense.</summary>
    public static bool TryRead(in ViaSyntax via, out OverloadFeedback feedback)
    {
        feedback = default;
        if (!via.Parameter("oc"u8, out var text))
            return false;
        var validity = via.Parameter("oc-validity"u8, out var time) ? Number(time, LongestValidity) : DefaultValidity;
        // Our own flag came back without a value: the server knows nothing of this, or only says that it is over (§5.7).
        var value = text.IsEmpty ? validity == 0 ? 0 : null : Number(text, int.MaxValue);
        if (value is null || validity is null || !TryReadAlgorithm(via, out var algorithm))
            return false;
        if (algorithm == OverloadAlgorithm.Loss && value > 100)
            return false;
        feedback = new OverloadFeedback(algorithm, (int)value, TimeSpan.FromMilliseconds(validity.Value), ReadSequence(via));
        return true;
    }

    // The whole list coming back means that nothing was chosen; the default is loss (§4.2).
    private static bool TryReadAlgorithm(in ViaSyntax via, out OverloadAlgorithm algorithm)
    {
        algorithm = OverloadAlgorithm.Loss;
        if (!via.Parameter("oc-algo"u8, out var name))
            return true;
        name = name is [(byte)'"', .., (byte)'"'] ? Grammar.Trim(name[1..^1]) : name;
        if (Grammar.Same(name, "rate"u8))
            algorithm = OverloadAlgorithm.Rate;
        return algorithm == OverloadAlgorithm.Rate || Grammar.Same(name, "loss"u8) || name.Contains((byte)',');
    }

    private static decimal? ReadSequence(in ViaSyntax via) =>
        via.Parameter("oc-seq"u8, out var text) && text.Length <= 24
        && decimal.TryParse(Encoding.ASCII.GetString(text), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var sequence) ? sequence : null;

    private static uint? Number(ReadOnlySpan<byte> text, uint max) =>
        !Grammar.IsDigits(text) ? null : Grammar.TryNumber(text, max, out var number) ? number : max;
}
