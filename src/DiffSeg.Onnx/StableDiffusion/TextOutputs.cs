using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>Which output of a text encoder the U-Net was trained on: by name where exporters agree, else by shape.</summary>
internal sealed partial class TextOutputs(ModelPart part, IReadOnlyDictionary<string, NodeMetadata> declared)
{
    /// <summary>The states after the last layer, which Stable Diffusion 1 and 2 take.</summary>
    /// <param name="width">The width that the U-Net takes: decides between outputs of unknown names.</param>
    /// <exception cref="AttentionModelException">No output can be it, or several can.</exception>
    public string LastHiddenState(int width) =>
        Named("last_hidden_state") ?? Only(3, width, "last_hidden_state, [batch, tokens, width]");

    /// <summary>The states before the last layer, which Stable Diffusion XL takes.</summary>
    /// <exception cref="AttentionModelException">The layers' states are not among the outputs.</exception>
    public string PenultimateHiddenState()
    {
        string[] states =
        [
            .. declared.Keys.Select(k => (Name: k, Match: HiddenState().Match(k))).Where(s => s.Match.Success)
                .OrderBy(s => int.Parse(s.Match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).Select(s => s.Name),
        ];
        return states.Length >= 2
            ? states[^2]
            : throw Missing("hidden_states.0, hidden_states.1 ..., the states of all layers, as SDXL needs");
    }

    /// <summary>The pooled and projected embedding, which Stable Diffusion XL takes from its second encoder.</summary>
    /// <param name="width">The width that the U-Net takes: decides between outputs of unknown names.</param>
    /// <exception cref="AttentionModelException">No output can be it, or several can.</exception>
    public string TextEmbeds(int width) => Named("text_embeds") ?? Only(2, width, "text_embeds, [batch, width]");

    private string? Named(string name) => declared.ContainsKey(name) ? name : null;

    private string Only(int rank, int width, string expected)
    {
        string[] candidates =
            [.. declared.Where(o => o.Value.Dimensions.Length == rank).Select(o => o.Key).Where(k => !HiddenState().IsMatch(k))];
        string[] fitting = [.. candidates.Where(c => declared[c].Dimensions[^1] == width)];
        return fitting is [var best] ? best : candidates is [var only] ? only : throw Missing(expected);
    }

    private AttentionModelException Missing(string expected) => new(
        part.Path,
        $"the output {expected}",
        string.Join(", ", declared.Select(o => $"'{o.Key}' [{Sizes(o.Value.Dimensions)}]")),
        $"Name another text encoder (AttentionModelOptions.TextEncoder), or {PromptEmbedding.HowToGiveFile}.");

    private static string Sizes(int[] dimensions) => string.Join(", ", dimensions.Select(d => d > 0 ? $"{d}" : "?"));

    [GeneratedRegex(@"^hidden_states[._](\d{1,4})$")]
    private static partial Regex HiddenState();
}
