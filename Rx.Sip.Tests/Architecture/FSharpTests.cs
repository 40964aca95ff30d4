using System.Diagnostics.CodeAnalysis;
using System.Reactive.Subjects;
using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace Rx.Sip.Tests.Architecture;

/// <summary>What a machine can see of how the public surface feels from F#.</summary>
public class FSharpTests
{
    /// <summary>The closed hierarchies that every user takes apart.</summary>
    private static readonly string[] Matched = ["EndpointState", "RegistrationState", "SessionState"];

    private static IEnumerable<MethodInfo> Methods => PublicApi.Methods.Where(method => method.DeclaringType!.BaseType != typeof(MulticastDelegate));

    [Fact]
    public void Only_a_cancellation_token_is_optional() =>
        Findings.AreNone(from method in PublicApi.MethodsAndConstructors
                         from parameter in method.GetParameters()
                         where parameter.IsOptional && parameter.ParameterType != typeof(CancellationToken)
                         select $"{Show(method)}: {parameter.Name}");

    [Fact]
    public void Nothing_returns_a_tuple() =>
        Findings.AreNone(from member in PublicApi.Types.SelectMany(PublicApi.MembersOf)
                         let type = (member as MethodInfo)?.ReturnType ?? (member as PropertyInfo)?.PropertyType
                         where type is not null && Mentions(type, IsTuple)
                         select $"{TypeName.Of(member.DeclaringType!)}.{member.Name} returns {TypeName.Of(type)}");

    // Interfaces excepted: a seam has one way in, and F# implements and calls it as it is.
    [Fact]
    public void What_takes_a_span_has_an_overload_without() =>
        Findings.AreNone(from @group in PublicApi.MethodsAndConstructors.Where(method => !method.DeclaringType!.IsInterface).GroupBy(method => (method.DeclaringType, method.Name))
                         let overloads = @group.ToLookup(TakesSpan)
                         from method in overloads[true]
                         where !overloads[false].Any(other => other.GetParameters().Length == method.GetParameters().Length)
                         select Show(method));

    [Fact]
    public void No_params_is_a_span() =>
        Findings.AreNone(from method in PublicApi.MethodsAndConstructors
                         from parameter in method.GetParameters()
                         where parameter.ParameterType.IsByRefLike && parameter.IsDefined(typeof(ParamCollectionAttribute))
                         select Show(method));

    [Fact]
    public void TryParse_has_one_out_at_its_end_not_null_when_true() =>
        Findings.AreNone(from method in Methods
                         where method.Name is "TryParse"
                         let parameters = method.GetParameters()
                         where method.ReturnType != typeof(bool)
                             || parameters.Count(parameter => parameter.IsOut) != 1
                             || !parameters[^1].IsOut
                             || (!parameters[^1].ParameterType.GetElementType()!.IsValueType && parameters[^1].GetCustomAttribute<NotNullWhenAttribute>() is not { ReturnValue: true })
                         select Show(method));

    [Fact]
    public void No_overloads_differ_only_in_the_type_of_a_delegate() =>
        Findings.AreNone(from @group in PublicApi.MethodsAndConstructors.GroupBy(method => (method.DeclaringType, method.Name, method.GetParameters().Length))
                         from one in @group
                         from other in @group
                         where one.MetadataToken < other.MetadataToken && DifferOnlyInDelegates(one, other)
                         select $"{Show(one)} and {Show(other)}");

    [Fact]
    public void There_are_no_extension_properties() =>
        Findings.AreNone(from type in PublicApi.Assemblies.SelectMany(assembly => assembly.GetTypes())
                         where type.Name.StartsWith("<G>$", StringComparison.Ordinal)
                         from property in type.GetProperties()
                         select $"{TypeName.Of(type.DeclaringType!)}.{property.Name}");

    [Fact]
    public void There_are_no_events_and_no_subjects() =>
        Findings.AreNone(from member in PublicApi.Types.SelectMany(PublicApi.MembersOf)
                         let type = (member as PropertyInfo)?.PropertyType ?? (member as MethodInfo)?.ReturnType
                         where member is EventInfo || (type is not null && IsSubject(type))
                         select $"{TypeName.Of(member.DeclaringType!)}.{member.Name}");

    [Fact]
    public void A_closed_hierarchy_can_be_matched() =>
        Findings.AreNone(from type in PublicApi.Types
                         where Matched.Contains(type.Name)
                         let cases = type.GetNestedTypes().Count(nested => nested.IsSubclassOf(type))
                         let match = type.GetMethod("Match")
                         where cases == 0 || match?.GetParameters().Length != cases
                         select $"{TypeName.Of(type)} has {cases} cases, Match takes {match?.GetParameters().Length ?? 0}");

    [Fact]
    public void A_hierarchy_with_nested_cases_is_closed() =>
        Findings.AreNone(from type in PublicApi.Types
                         where PublicApi.IsRecord(type) && type.IsAbstract && type.GetNestedTypes().Any(nested => nested.IsSubclassOf(type))
                         from constructor in type.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
                         where constructor.IsPublic || constructor.IsFamilyOrAssembly || (constructor.IsFamily && constructor.GetParameters() is not [var only])
                         select $"{TypeName.Of(type)} can be derived from outside");

    private static bool TakesSpan(MethodBase method) => method.GetParameters().Any(parameter => parameter.ParameterType.IsByRefLike);

    private static bool DifferOnlyInDelegates(MethodBase one, MethodBase other) =>
        one.GetParameters().Zip(other.GetParameters())
            .Where(pair => TypeName.Of(pair.First.ParameterType) != TypeName.Of(pair.Second.ParameterType))
            .All(pair => IsDelegate(pair.First.ParameterType) && IsDelegate(pair.Second.ParameterType));

    private static bool IsDelegate(Type type) => typeof(Delegate).IsAssignableFrom(type);

    private static bool IsTuple(Type type) => typeof(ITuple).IsAssignableFrom(type);

    private static bool Mentions(Type type, Func<Type, bool> what) =>
        what(type) || type.GetGenericArguments().Any(argument => Mentions(argument, what));

    private static bool IsSubject(Type type) =>
        type.GetInterfaces().Append(type).Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(ISubject<,>));

    private static string Show(MethodBase method) =>
        $"{TypeName.Of(method.DeclaringType!)}.{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => TypeName.Of(parameter.ParameterType)))})";
}
