using System.Globalization;
using System.Reflection;
using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Architecture;

public class LimitsPageTests
{
    private static readonly Dictionary<string, string> Defaults = DefaultsOf(SipLimits.Default).Concat(DefaultsOf(TrafficLimits.Default)).ToDictionary();

    [Fact]
    public void The_page_of_limits_names_each_of_them_with_its_default()
    {
        var page = MarkdownTable.Read(Path.Combine(Repository.Root, "Rx.Sip", "Transports", "LIMITS.md"), "setting").ToDictionary(row => row[0], row => row[1]);

        Assert.Equal(Defaults.OrderBy(one => one.Key), page.OrderBy(one => one.Key));
    }

    [Fact]
    public void Each_limit_that_is_counted_has_the_name_of_its_setting() =>
        Assert.All(Enum.GetNames<TrafficLimit>(), name => Assert.Contains(name, Defaults.Keys));

    private static IEnumerable<KeyValuePair<string, string>> DefaultsOf(object limits) =>
        limits.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => KeyValuePair.Create(property.Name, Text(property.Name, property.GetValue(limits)!)));

    private static string Text(string name, object value) => value switch
    {
        TimeSpan time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds} s"),
        int.MaxValue => "none",
        _ when name.Contains("Octets", StringComparison.Ordinal) => Octets(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:N0}"),
    };

    private static string Octets(long octets) => octets >= 1024 * 1024 ? $"{octets / 1024 / 1024} MiB" : $"{octets / 1024} KiB";
}
