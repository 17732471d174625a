package igpt.probe;

import igpt.image.ImageSource;
import igpt.prepare.DatasetRequirement;
import igpt.recipe.RunContext;
import igpt.schema.UserException;
import org.springframework.stereotype.Component;

/** What a run that continues to a probe needs: classes to tell apart, and images to choose the classifier by. */
@Component
record ProbedDataset(RunContext run) implements DatasetRequirement {
    @Override
    public void checkImages(ImageSource images, long validationImages) {
        if (!run.parameters().has("fit_images")) {
            return;
        }
        if (images.classes().size() < 2) {
            throw new UserException(
                    "data: %s has fewer than two classes, which a probe tells apart; put images into folders by class, or only train: ./igpt run prepare, then pretrain"
                            .formatted(images.name()));
        }
        if (validationImages == 0) {
            throw new UserException(
                    "data: none of the images of %s are left to validate a probe by; give more images or a larger validation share"
                            .formatted(images.name()));
        }
    }
}
