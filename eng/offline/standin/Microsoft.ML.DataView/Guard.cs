using System.Diagnostics.CodeAnalysis;
using Microsoft.ML;

namespace DiffSeg.StandIn;

/// <summary>The exceptions that ML.NET's users see, in type and in words.</summary>
internal static class Guard
{
    public static T NotNull<T>([NotNull] T? value, string name) where T : class =>
        value ?? throw new ArgumentNullException(name);

    public static string NotEmpty([NotNull] string? value, string name) =>
        string.IsNullOrEmpty(value)
            ? throw new ArgumentOutOfRangeException(name, $"{name} cannot be null or empty")
            : value;

    public static void Argument([DoesNotReturnIf(false)] bool good, string name, string? message = null)
    {
        if (!good)
        {
            throw new ArgumentOutOfRangeException(name, message);
        }
    }

    public static void State([DoesNotReturnIf(false)] bool good, string? message = null)
    {
        if (!good)
        {
            throw message is null ? new InvalidOperationException() : new InvalidOperationException(message);
        }
    }

    /// <summary>A saved model that does not hold what it should.</summary>
    public static void Format([DoesNotReturnIf(false)] bool good, string message)
    {
        if (!good)
        {
            throw new FormatException(message);
        }
    }

    public static Exception MissingColumn(string column, string role = "input", string parameter = "inputSchema") =>
        new ArgumentOutOfRangeException(parameter, $"Could not find {role} column '{column}'");

    public static Exception WrongColumn(string column, object expected, object actual) =>
        new ArgumentOutOfRangeException(
            "inputSchema", $"Schema mismatch for input column '{column}': expected {expected}, got {actual}");

    /// <summary>A getter was asked for under another type than the column's.</summary>
    public static ValueGetter<TValue> Typed<TValue>(Delegate getter) => getter as ValueGetter<TValue>
        ?? throw new InvalidOperationException($"Invalid TValue in GetGetter: '{typeof(TValue)}', " +
            $"expected type: '{getter.GetType().GetGenericArguments()[0]}'.");
}
