using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Rx.Sip.Tool.Endpoints;

/// <summary>How the words of a command line are read, and what is said of those that can't be.</summary>
internal static class Arguments
{
    private const int LongestSeconds = 1_000_000_000;

    public delegate bool TryRead<T>(string text, [NotNullWhen(true)] out T? value);

    public static Func<ArgumentResult, T?> Read<T>(TryRead<T> tryRead, string complaint) => result =>
    {
        var text = result.Tokens[0].Value;
        if (tryRead(text, out var value))
            return value;
        result.AddError($"'{text}' {complaint}");
        return default;
    };

    /// <summary>The address of somebody.</summary>
    public static Argument<RealTimeAddress> Address(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = Read<RealTimeAddress>(RealTimeAddress.TryParse, "is no SIP address. Write it like sip:bob@example.test."),
    };

    /// <summary>The address of an account that we speak for.</summary>
    public static Argument<RealTimeAddress> Account(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = Read<RealTimeAddress>(TryReadAccount, "is no account. Write it like sip:alice@example.test."),
    };

    public static SipTransportType Transport(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (TransportName.TryParse(text, out var transport))
            return transport;
        result.AddError($"'{text}' is no transport. Write {TransportName.All}.");
        return default;
    }

    public static TimeSpan? Seconds(ArgumentResult result) => Number(result) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public static int? Number(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= LongestSeconds)
            return number;
        result.AddError($"'{text}' is not possible here. Write a whole number above 0.");
        return null;
    }

    private static bool TryReadAccount(string text, [NotNullWhen(true)] out RealTimeAddress? address) =>
        RealTimeAddress.TryParse(text, out address) && address.Uri is { Scheme: "sip", User: not null };
}
