using System.Globalization;

namespace DiffSeg.Fuzzing;

/// <summary>How much is fuzzed: 10,000 cases of each kind, or what the environment asks for.</summary>
/// <param name="Cases">Cases of a kind that counts in full; kinds that cost more take a share of it.</param>
/// <param name="Seed">Other numbers give other cases.</param>
/// <param name="OnlyCase">The only case to run; null for all.</param>
internal sealed record FuzzSettings(int Cases, int Seed, int? OnlyCase)
{
    /// <summary>Cases of a kind where nothing is said: what every run of the tests does.</summary>
    public const int Quick = 10_000;

    /// <summary>As the variables DIFFSEG_FUZZ, DIFFSEG_FUZZ_SEED and DIFFSEG_FUZZ_CASE say.</summary>
    public static FuzzSettings OfEnvironment { get; } =
        new(Number("DIFFSEG_FUZZ") ?? Quick, Number("DIFFSEG_FUZZ_SEED") ?? 0, Number("DIFFSEG_FUZZ_CASE"));

    private static int? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException($"{variable}='{text}' is no whole number.")
        : null;
}
