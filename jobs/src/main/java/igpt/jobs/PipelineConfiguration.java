package igpt.jobs;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** The jobs and steps of the pipeline, found where they stand. */
@Configuration(proxyBeanMethods = false)
@ComponentScan({"igpt.jobs", "igpt.steps"})
public class PipelineConfiguration {}
