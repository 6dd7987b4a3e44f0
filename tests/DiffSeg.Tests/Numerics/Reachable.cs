using System.Reflection;
using System.Runtime.CompilerServices;

namespace DiffSeg.Tests.Numerics;

/// <summary>What an object keeps alive, counted by walking its fields: the same number whatever the rest of the process does.</summary>
internal static class Reachable
{
    private const BindingFlags Fields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Bytes of all that can be reached from an object through fields and elements, static fields not followed.</summary>
    /// <param name="root">The object.</param>
    /// <returns>Bytes of arrays and strings, and of fields; headers and padding are left out.</returns>
    public static long Bytes(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var left = new Stack<object>();
        long bytes = 0;
        left.Push(root);
        while (left.TryPop(out object? at))
        {
            if (BelongsToAll(at) || !seen.Add(at))
            {
                continue;
            }

            bytes += at switch
            {
                string text => text.Length * sizeof(char),
                Array array => Elements(array, left),
                _ => OfFields(at, at.GetType(), left),
            };
        }

        return bytes;
    }

    // What the runtime shares among all objects.
    private static bool BelongsToAll(object at) =>
        at is MemberInfo or Assembly or Module or Thread or Pointer or System.Buffers.ArrayPool<byte>;

    private static long Elements(Array array, Stack<object> left)
    {
        Type element = array.GetType().GetElementType()!;
        if (element.IsPointer || element.IsPrimitive || element.IsEnum)
        {
            return array.LongLength * SizeOf(element);
        }

        long bytes = 0;
        foreach (object? item in array)
        {
            if (element.IsValueType)
            {
                bytes += item is null ? 0 : OfFields(item, item.GetType(), left);
            }
            else
            {
                bytes += IntPtr.Size;
                Push(item, left);
            }
        }

        return bytes;
    }

    private static long OfFields(object at, Type type, Stack<object> left)
    {
        long bytes = 0;
        for (Type? level = type; level is not null; level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(Fields))
            {
                Type kind = field.FieldType;
                if (kind.IsPointer || kind.IsFunctionPointer || kind.IsByRefLike || kind.IsPrimitive || kind.IsEnum)
                {
                    bytes += kind.IsPrimitive || kind.IsEnum ? SizeOf(kind) : IntPtr.Size;
                }
                else if (kind.IsValueType)
                {
                    bytes += field.GetValue(at) is object value ? OfFields(value, value.GetType(), left) : 0;
                }
                else
                {
                    bytes += IntPtr.Size;
                    Push(field.GetValue(at), left);
                }
            }
        }

        return bytes;
    }

    private static void Push(object? item, Stack<object> left)
    {
        if (item is not null)
        {
            left.Push(item);
        }
    }

    private static int SizeOf(Type type) => type.IsPointer ? IntPtr.Size
        : (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
