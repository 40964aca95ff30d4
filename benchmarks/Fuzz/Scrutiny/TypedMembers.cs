using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using Rx.Sip.Messages;

namespace Rx.Sip.Benchmarks.Fuzz.Scrutiny;

/// <summary>Everything a message or a value of it can be asked for without arguments, found by reflection: what is added to the library is asked too.</summary>
internal sealed class TypedMembers
{
    /// <summary>How far values of values are followed at most.</summary>
    public const int Deepest = 3;

    /// <summary>How many elements of a list are looked at.</summary>
    public const int MostElements = 64;

    private readonly Dictionary<Type, Func<object, object?>[]> _getters = [];

    /// <summary>Asks for everything, and for everything of what comes back, so many times over.</summary>
    public void ReadAll(object value, int depth) => Read(value, depth);

    private void Read(object? value, int depth)
    {
        if (value is null or string or ValueType and not SipHeader || depth < 0)
            return;
        _ = (value.ToString(), value.GetHashCode());
        foreach (var get in GettersOf(value.GetType()))
            Read(get(value), depth - 1);
        if (value is IEnumerable list)
            ReadElements(list, depth);
    }

    private void ReadElements(IEnumerable list, int depth)
    {
        var seen = 0;
        foreach (var element in list)
            if (seen++ < MostElements)
                Read(element, depth - 1);
    }

    private Func<object, object?>[] GettersOf(Type type)
    {
        if (!_getters.TryGetValue(type, out var getters))
            _getters[type] = getters = type.Namespace?.StartsWith("Rx.Sip", StringComparison.Ordinal) == true
                ? [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(IsReadable).Select(Compile)]
                : [];
        return getters;
    }

    private static bool IsReadable(PropertyInfo property) =>
        property.CanRead && property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRefLike;

    private static Func<object, object?> Compile(PropertyInfo property)
    {
        var value = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, object?>>(
            Expression.Convert(Expression.Property(Expression.Convert(value, property.DeclaringType!), property), typeof(object)), value).Compile();
    }
}
