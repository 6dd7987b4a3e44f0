using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Models;

namespace DiffSeg.Cli.Pulling;

/// <summary>What is looked at before anything is downloaded.</summary>
internal static class PullRules
{
    /// <summary>Checks what was asked.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="catalogue">The models that can be pulled.</param>
    /// <returns>The model.</returns>
    /// <exception cref="SetupException">There is no such model, or an option does not go with it.</exception>
    public static CatalogueEntry Check(PullRequest request, ModelCatalogue catalogue)
    {
        if (catalogue.Find(request.Name) is not { } entry)
        {
            string[] names = [.. catalogue.Models.Select(model => model.Name)];
            throw new SetupException(
                $"There is no model '{request.Name}' in the catalogue.{Suggestion.For(request.Name, names)} It holds {string.Join(", ", names)}; other exports are built with 'diffseg model build'.");
        }

        if (entry.Kind == CatalogueKind.NpmSam2)
        {
            var only = new ImageSize(entry.Recommended.Width, entry.Recommended.Height);
            if (request.Size is { } size && size != only)
            {
                throw new SetupException($"--size: '{entry.Name}' has one size, {only}; leave the option out.");
            }

            if (request.Mirror is not null || request.Token is not null)
            {
                throw new SetupException($"--mirror and --token are for model hubs; '{entry.Name}' comes through npm, whose registry is set with 'npm config'.");
            }
        }

        return entry;
    }
}
