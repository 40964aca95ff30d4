using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Rx.Sip.Tests.Architecture;

/// <summary>The public surface as text: a line for each type and each member, sorted, the same on every machine.</summary>
internal static class PublicSurface
{
    public static IEnumerable<string> Lines =>
        PublicApi.Types.SelectMany(type => PublicApi.MembersOf(type)
            .SelectMany(Describe)
            .Order(StringComparer.Ordinal)
            .Select(member => $"{TypeName.WithNamespace(type)}: {member}")
            .Prepend($"{TypeName.WithNamespace(type)} = {Describe(type)}"));

    private static string Describe(Type type)
    {
        var bases = new[] { type.BaseType }
            .Where(@base => @base is not null && @base != typeof(object) && @base != typeof(ValueType) && @base != typeof(Enum) && @base != typeof(MulticastDelegate))
            .Concat(type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(IsShown).OrderBy(face => face.FullName ?? face.Name, StringComparer.Ordinal))
            .Select(@base => TypeName.Of(@base!))
            .ToList();
        var text = $"{Kind(type)}{(bases.Count > 0 ? $" : {string.Join(", ", bases)}" : "")}{Constraints(type.GetGenericArguments())}";
        return type.IsDefined(typeof(ObsoleteAttribute)) ? $"[Obsolete] {text}" : text;

        bool IsShown(Type face) => face.IsPublic && !(face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEquatable<>)) && !type.IsEnum;
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => (type.IsDefined(typeof(FlagsAttribute)) ? "[Flags] " : "") + $"enum : {TypeName.Of(Enum.GetUnderlyingType(type))}",
        { IsInterface: true } => "interface",
        _ when typeof(Delegate).IsAssignableFrom(type) => $"delegate {TypeName.Of(type.GetMethod("Invoke")!.ReturnType)}",
        { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + (PublicApi.IsRecord(type) ? "record struct" : "struct"),
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (PublicApi.IsRecord(type) ? "record" : "class"),
    };

    private static IEnumerable<string> Describe(MemberInfo member)
    {
        var obsolete = member.IsDefined(typeof(ObsoleteAttribute)) ? "[Obsolete] " : "";
        var text = member switch
        {
            FieldInfo { IsLiteral: true } constant => $"{constant.Name} = {Literal(constant.GetRawConstantValue())}",
            FieldInfo field => $"{Modifiers(field)}{TypeName.Of(field.FieldType, new NullabilityInfoContext().Create(field))} {field.Name}",
            PropertyInfo property => Describe(property),
            EventInfo @event => $"event {TypeName.Of(@event.EventHandlerType!)} {@event.Name}",
            ConstructorInfo constructor => $"{Modifiers(constructor)}new({Parameters(constructor)})",
            MethodInfo method => Describe(method),
            _ => null,
        };
        return text is null ? [] : [obsolete + text];
    }

    private static string Describe(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(PublicApi.IsVisible).ToList();
        var index = property.GetIndexParameters();
        var name = index.Length > 0 ? $"this[{string.Join(", ", index.Select(Parameter))}]" : property.Name;
        var setter = property.SetMethod is { } set && PublicApi.IsVisible(set)
            ? set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;"
            : "";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var type = TypeName.Of(property.PropertyType, new NullabilityInfoContext().Create(property));
        return $"{required}{Modifiers(accessors[0])}{type} {name} {{{(PublicApi.IsVisible(property.GetMethod) ? " get;" : "")}{setter} }}";
    }

    private static string Describe(MethodInfo method)
    {
        var arguments = method.GetGenericArguments();
        var generic = arguments.Length > 0 ? $"<{string.Join(", ", arguments.Select(argument => argument.Name))}>" : "";
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        var result = TypeName.Of(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter));
        return $"{Modifiers(method)}{result} {method.Name}{generic}({extension}{Parameters(method)}){Constraints(arguments)}";
    }

    private static string Modifiers(FieldInfo field) =>
        (field.IsPublic ? "" : "protected ") + (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");

    private static string Modifiers(MethodBase method) =>
        (method.IsPublic ? "" : "protected ") + method switch
        {
            { DeclaringType.IsInterface: true } => "",
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            MethodInfo { IsVirtual: true } overriding when overriding.GetBaseDefinition() != overriding => "override ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var direction = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true } => parameter.IsIn ? "in " : "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        var type = TypeName.Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));
        return $"{direction}{type} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue)}" : "")}";
    }

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Select(argument =>
    {
        var flags = argument.IsGenericParameter ? argument.GenericParameterAttributes : default;
        var isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        List<string> words =
        [
            flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? "class" : "",
            isStruct ? "struct" : "",
            .. argument.IsGenericParameter ? argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(TypeName.Of) : [],
            flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct ? "new()" : "",
        ];
        words.RemoveAll(word => word.Length == 0);
        return words.Count > 0 ? $" where {argument.Name} : {string.Join(", ", words)}" : "";
    }));

    private static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
