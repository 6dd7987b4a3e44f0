using System.Globalization;
using System.Reflection;

namespace DiffSeg.MLNet.Tests.MlNetRules.Surface;

/// <summary>
/// Writes an assembly's public members in the form of public-api.txt: "assembly | type | member", one a line. A reader
/// of the list needs nothing but the type's and the member's signature: names in full, defaults as values.
/// </summary>
internal static class SurfacePrinter
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Lines(Assembly assembly) =>
        from type in assembly.GetTypes()
        where IsVisible(type)
        from member in Members(type)
        select $"{assembly.GetName().Name} | {SignatureText.Of(type)} | {member}";

    private static bool IsVisible(Type type)
    {
        if (type.IsGenericType && !type.IsGenericTypeDefinition)
        {
            return IsVisible(type.GetGenericTypeDefinition());
        }

        return type.IsNested
            ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
            : type.IsPublic;
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return ["delegate", Delegate(type.GetMethod("Invoke")!)];
        }

        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(EnumValue).Prepend("enum");
        }

        return new[] { Header(type) }
            .Concat(type.GetConstructors(Declared).Where(IsVisible).Select(Constructor))
            .Concat(type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly).Select(Field))
            .Concat(type.GetProperties(Declared).Select(Property).OfType<string>())
            .Concat(type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!)).Select(Event))
            .Concat(type.GetMethods(Declared).Where(m => IsVisible(m) && !m.IsSpecialName).Select(Method));
    }

    private static string Header(Type type)
    {
        string kind = type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type.IsAbstract && type.IsSealed ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class" : "class";
        IEnumerable<string> bases = type.GetInterfaces().Where(IsVisible).Select(SignatureText.Of)
            .Order(StringComparer.Ordinal);
        if (type.IsClass && type.BaseType is { } parent && parent != typeof(object) && IsVisible(parent))
        {
            bases = bases.Prepend(SignatureText.Of(parent));
        }

        string list = string.Join(", ", bases);
        return list.Length == 0 ? kind : $"{kind} : {list}";
    }

    private static string Delegate(MethodInfo invoke) =>
        $"delegate {SignatureText.Of(invoke.ReturnType)} ({SignatureText.Of(invoke.GetParameters())})";

    private static string EnumValue(FieldInfo field) =>
        $"enum {field.Name} = {Convert.ToDecimal(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}";

    private static string Constructor(ConstructorInfo constructor) =>
        $"{Access(constructor)} ctor({SignatureText.Of(constructor.GetParameters())})";

    private static string Event(EventInfo member) =>
        $"event {SignatureText.Of(member.EventHandlerType!)} {member.Name}";

    private static string Field(FieldInfo field)
    {
        string kind = field.IsStatic ? " static" : field.IsInitOnly ? " readonly" : "";
        string access = field.IsPublic ? "public" : "protected";
        return $"{access}{kind} field {SignatureText.Of(field.FieldType)} {field.Name}";
    }

    private static string? Property(PropertyInfo property)
    {
        string accessors = Accessor(property.GetMethod, "get") + Accessor(property.SetMethod, "set");
        ParameterInfo[] index = property.GetIndexParameters();
        string indexer = index.Length > 0 ? $"[{SignatureText.Of(index)}]" : "";
        return accessors.Length == 0
            ? null
            : $"property {SignatureText.Of(property.PropertyType)} {property.Name}{indexer} {{ {accessors}}}";
    }

    private static string Accessor(MethodInfo? method, string name) =>
        method is not null && IsVisible(method) ? $"{Access(method)} {name}; " : "";

    private static string Method(MethodInfo method)
    {
        string kind = method.IsStatic ? " static" : method.IsAbstract ? " abstract"
            : method is { IsVirtual: true, IsFinal: false } ? " virtual" : "";
        string generic = method.IsGenericMethodDefinition
            ? $"<{string.Join(",", method.GetGenericArguments().Select(a => a.Name))}>" : "";
        string parameters = SignatureText.Of(method.GetParameters());
        return $"{Access(method)}{kind} {SignatureText.Of(method.ReturnType)} {method.Name}{generic}({parameters})";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";
}
