using System.Text.Json;
using DiffSeg.Cli.Output;

namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>metrics.json.</summary>
internal static class MetricsFile
{
    /// <summary>Its name.</summary>
    public const string Name = "metrics.json";

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="result">What to write.</param>
    public static void Write(string path, EvaluationResult result)
    {
        using var file = new AtomicFile(path);
        using (FileStream stream = file.Create())
        {
            JsonSerializer.Serialize(stream, result, EvaluationJson.Default.EvaluationResult);
            stream.Write("\n"u8);
        }

        file.Commit();
    }

    /// <summary>Reads the file.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="InvalidDataException">It is no such file, or of a form that this version does not know.</exception>
    public static EvaluationResult Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            EvaluationResult result = JsonSerializer.Deserialize(stream, EvaluationJson.Default.EvaluationResult)
                ?? throw new InvalidDataException($"'{path}' holds no evaluation.");
            return result.Format == EvaluationResult.CurrentFormat
                ? result
                : throw new InvalidDataException(
                    $"'{path}' is of form {result.Format}, and this version reads form {EvaluationResult.CurrentFormat}; evaluate again.");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"'{path}' is no metrics.json of 'diffseg eval': {problem.Message}", problem);
        }
    }
}
