package igpt.batch;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** The steps of the pipeline, found where they stand. */
@Configuration(proxyBeanMethods = false)
@ComponentScan({
    "igpt.recipe",
    "igpt.training",
    "igpt.prepare",
    "igpt.pretrain",
    "igpt.exchange",
    "igpt.probe",
    "igpt.sample",
    "igpt.finetune",
    "igpt.predict",
    "igpt.export",
    "igpt.study"
})
public class PipelineConfiguration {}
